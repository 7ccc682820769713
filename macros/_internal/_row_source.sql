{#- A relation, the name of a CTE or a select, as it may stand behind `from`. -#}
{% macro _row_source(relation) %}
    {%- set text = relation | string | trim -%}
    {%- set is_query = modules.re.match("(?is)(select|with|values|from)\\b", text) -%}
    {%- if relation is string and is_query -%}
        {{ return("(" ~ text ~ ") as headwater_rows") }}
    {%- endif -%}
    {#- With --empty and --sample dbt writes a relation as a select with an alias of its own. -#}
    {{ return("(select * from " ~ text ~ ") as headwater_rows") }}
{% endmacro %}
