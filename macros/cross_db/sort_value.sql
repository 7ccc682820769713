{% macro sort_value(expression, column=none) %}
    {{- adapter.dispatch("sort_value", "headwater")(expression, column) -}}
{% endmacro %}

{% macro default__sort_value(expression, column) -%} {{- expression -}} {%- endmacro %}

{% macro postgres__sort_value(expression, column) -%}
    {{- expression if not column or column.sorts else "cast(" ~ expression ~ " as text)" -}}
{%- endmacro %}

{% macro redshift__sort_value(expression, column) -%}
    {{- "json_serialize(" ~ expression ~ ")"
    if column and column.type == "super" else expression -}}
{%- endmacro %}

{% macro bigquery__sort_value(expression, column) -%}
    {%- set name = (column.type if column else "string").split("<")[0] -%}
    {{- "to_json_string(" ~ expression ~ ")"
    if name in ["json", "array", "struct", "geography"] else expression -}}
{%- endmacro %}

{# A map neither sorts nor groups. #}
{% macro spark__sort_value(expression, column) -%}
    {{- "to_json(" ~ expression ~ ")"
    if column and column.type.startswith("map") else expression -}}
{%- endmacro %}

{% macro trino__sort_value(expression, column) -%}
    {%- set name = (column.type if column else "varchar").split("(")[0] -%}
    {{- "json_format(cast(" ~ expression ~ " as json))"
    if name in ["map", "json", "array", "row"] else expression -}}
{%- endmacro %}
