{% macro compared_value(expression, column=none) %}
    {{- adapter.dispatch("compared_value", "headwater")(expression, column) -}}
{% endmacro %}

{% macro default__compared_value(expression, column) -%} {{- expression -}} {%- endmacro %}

{# 1.0 and 1.00 are one number in different bytes. #}
{% macro postgres__compared_value(expression, column) -%}
    {{- "trim_scale(" ~ expression ~ ")" if column and column.type == "numeric" else expression -}}
{%- endmacro %}

{% macro redshift__compared_value(expression, column) -%} {{- expression -}} {%- endmacro %}
