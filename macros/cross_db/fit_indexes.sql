{% macro fit_indexes(run, unique_key=[]) %}
    {%- do adapter.dispatch("fit_indexes", "headwater")(run, unique_key) -%}
{% endmacro %}

{# What the adapter does for a new table. #}
{% macro default__fit_indexes(run, unique_key) %}
    {%- if not run.facts or run.is_created -%} {%- do create_indexes(run.target) -%} {%- endif -%}
{% endmacro %}

{#
    An index is known by its definition, so that one which stands already is left alone whoever made
    it. Dropped are only those that this macro (hw_…) or dbt (32 hexadecimal digits) once made.
#}
{% macro postgres__fit_indexes(run, unique_key) %}
    {%- set wanted = headwater._wanted_indexes(run, unique_key) -%}
    {%- set names = run.facts.columns | map(attribute="name") | list -%}
    {%- set old = run.facts.indexes -%}
    {%- set statements, kept = [], [] -%}
    {%- for index in wanted -%}
        {%- set same = [] -%}
        {%- for other in old if headwater._is_same_index(run.target, index, other) -%}
            {%- do same.append(other.name) -%}
        {%- endfor -%}
        {%- do kept.extend(same) -%}
        {%- if not same -%}
            {%- if index.is_key and not run.is_created -%}
                {%- do headwater._check_unique(run, index.columns) -%}
            {%- endif -%}
            {%- do statements.append(headwater._create_index(run.target, index, names)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for index in old if index.name not in kept and not index.is_constraint -%}
        {%- set is_dbts = index.name | length == 32 and not index.name.strip("0123456789abcdef") -%}
        {%- if is_dbts or index.name.startswith("hw_") -%}
            {%- set name = run.target.incorporate(path={"identifier": index.name}, type=none) -%}
            {%- do statements.append("drop index " ~ name.include(database=false)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if statements -%}
        {%- if not run.is_created -%}
            {%- do headwater._check_owner(run, "indexes") -%}
        {%- endif -%}
        {%- call statement("headwater_indexes") -%} {{ statements | join(";\n") }} {%- endcall -%}
    {%- endif -%}
{% endmacro %}

{% macro redshift__fit_indexes(run, unique_key) %} {% endmacro %}
