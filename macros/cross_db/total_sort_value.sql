{% macro total_sort_value(expression, column=none) %}
    {{- adapter.dispatch("total_sort_value", "headwater")(expression, column) -}}
{% endmacro %}

{% macro default__total_sort_value(expression, column) -%}
    {{- headwater.sort_value(expression, column) -}}
{%- endmacro %}

{# 1.0 equals 1.00, 0 equals -0, and a day equals 24 hours, but the values can be told apart. #}
{% macro postgres__total_sort_value(expression, column) -%}
    {%- set exact = [
        "smallint", "integer", "bigint", "text", "character", "name", "boolean", "date",
        "timestamp", "time", "uuid", "bytea", "oid",
    ] -%}
    {%- set type = column.type if column else "unknown" -%}
    {%- set is_exact = type.split("(")[0].split(" ")[0] in exact and not type.endswith("]") -%}
    {{- expression if is_exact or type.startswith("numeric(")
    and not type.endswith("]") else "cast(" ~ expression ~ " as text)" -}}
{%- endmacro %}

{% macro redshift__total_sort_value(expression, column) -%}
    {{- headwater.sort_value(expression, column) -}}
{%- endmacro %}

{% macro duckdb__total_sort_value(expression, column) -%}
    {{- "cast(" ~ expression ~ " as varchar)"
    if column and column.type in ["float", "double", "interval"]
    else headwater.sort_value(expression, column) -}}
{%- endmacro %}
