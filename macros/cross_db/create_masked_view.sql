{% macro create_masked_view(run) %}
    {%- do adapter.dispatch("create_masked_view", "headwater")(run) -%}
{% endmacro %}

{% macro default__create_masked_view(run) %}
    {%- call statement("main") -%}
        create or replace view {{ run.target }} as
        {{ run.select }}
    {%- endcall -%}
{% endmacro %}

{#
    Replaced in place while its columns stay the same, so that its grants and what reads it stay, too;
    otherwise made anew, with the grants that it had. security_barrier: no function of a reader's own
    sees a row before the view is done with it.
#}
{% macro postgres__create_masked_view(run) %}
    {%- set trial = headwater._batch_relation(run.target, "_v") -%}
    {%- set statement_of = "view " ~ run.target ~ " with (security_barrier = true) as\n" ~ run.select -%}
    {%- set is_same, grants = namespace(value=true), [] -%}
    {%- if run.facts -%}
        {%- set wanted = headwater.relation_facts(
            trial, before="create temporary view " ~ trial ~ " as\n" ~ run.select
        ).columns -%}
        {%- for column in run.facts.columns -%}
            {%- set other = wanted[loop.index0] if loop.index0 < wanted | length else {} -%}
            {%- if other.name != column.name or other.type != column.type -%}
                {%- set is_same.value = false -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if not is_same.value -%}
            {%- set grants = headwater._view_grants(run.target) -%}
        {%- endif -%}
        {%- call statement("headwater_drop") -%}
            drop view {{ trial }} {{- ";\ndrop view " ~ run.target if not is_same.value }}
        {%- endcall -%}
    {%- endif -%}
    {%- call statement("main") -%}
        {{ ([("create " if not run.facts or not is_same.value else "create or replace ") ~ statement_of]
            + grants) | join(";\n") }}
    {%- endcall -%}
{% endmacro %}

{% macro redshift__create_masked_view(run) %}
    {%- do headwater.default__create_masked_view(run) -%}
{% endmacro %}

{% macro snowflake__create_masked_view(run) %}
    {%- call statement("main") -%}
        create or replace secure view {{ run.target }} copy grants as
        {{ run.select }}
    {%- endcall -%}
{% endmacro %}
