{#- An insert of the staged rows, up to the `where` of its select. -#}
{% macro _insert_rows(run, alias=none) %}
    {%- set names = headwater.get_quoted_identifiers(run.columns) | join(", ") -%}
    {%- set sources = headwater.get_quoted_identifiers(run.columns, "dbt_internal_source") -%}
    {{ return(
        "insert into " ~ run.target ~ (" as " ~ alias if alias else "") ~ " (" ~ names ~ ")"
        ~ (" overriding system value" if run.override else "")
        ~ "\nselect " ~ sources | join(", ") ~ "\nfrom " ~ run.batch ~ " as dbt_internal_source"
    ) }}
{% endmacro %}
