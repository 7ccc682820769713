{#- Statements that insert the staged rows whose key the table doesn't have. -#}
{% macro _insert_missing(run) %}
    {%- set statements = [] -%}
    {%- set may_be_null = run.counts.null_keys > 0 -%}
    {%- for condition in headwater._missing_conditions(
        run.key, "dbt_internal_source", run.target, may_be_null
    ) -%}
        {%- do statements.append(headwater._insert_rows(run) ~ "\nwhere " ~ condition) -%}
    {%- endfor -%}
    {{ return(statements) }}
{% endmacro %}
