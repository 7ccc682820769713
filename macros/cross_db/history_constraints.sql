{% macro history_constraints(run) %}
    {%- do adapter.dispatch("history_constraints", "headwater")(run) -%}
{% endmacro %}

{% macro default__history_constraints(run) %}
    {%- for option in ["unique_current", "exclusion_constraint"] if run.options[option] -%}
        {{ headwater._raise_argument(
            "scd2", option, "Postgres, which has such constraints", adapter.type()
        ) }}
    {%- endfor -%}
{% endmacro %}

{#
    Both are known by names that only this macro gives. A constraint that waits until the end of the
    transaction lets versions be moved in any order, and must have been held before anything is altered.
#}
{% macro postgres__history_constraints(run) %}
    {%- set suffix = local_md5(run.target | string)[:16] -%}
    {%- set unique, apart = "scd2_current_" ~ suffix, "scd2_apart_" ~ suffix -%}
    {%- set names = headwater.relation_facts(run.target).indexes | map(attribute="name") | list -%}
    {%- set statements = [] -%}
    {%- if run.options.unique_current and unique not in names -%}
        {%- do statements.append(
            "create unique index " ~ unique ~ " on " ~ run.target ~ " ("
            ~ headwater.get_quoted_identifiers(run.key) | join(", ") ~ ")"
            ~ (" nulls not distinct" if run.facts.version >= 150000 else "") ~ " where "
            ~ headwater._scd2_stands(run, none)
        ) -%}
    {%- elif unique in names and not run.options.unique_current -%}
        {%- do statements.append(
            "drop index " ~ run.target.incorporate(path={"identifier": unique}).include(database=false)
        ) -%}
    {%- endif -%}
    {%- if run.options.exclusion_constraint and apart not in names -%}
        {%- do statements.append(headwater._scd2_exclusion(run, apart)) -%}
    {%- elif apart in names and not run.options.exclusion_constraint -%}
        {%- do statements.append("alter table " ~ run.target ~ " drop constraint " ~ apart) -%}
    {%- endif -%}
    {%- if statements -%}
        {%- do headwater._check_owner(run, "unique_current") -%}
        {%- call statement("headwater_constraints") -%}
            set constraints all immediate
            ;
            {{ statements | join(";\n") }}
        {%- endcall -%}
    {%- endif -%}
{% endmacro %}

{% macro redshift__history_constraints(run) %}
    {%- do headwater.default__history_constraints(run) -%}
{% endmacro %}
