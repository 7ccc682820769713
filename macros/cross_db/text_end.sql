{% macro text_end(expression, count) %}
    {{- adapter.dispatch("text_end", "headwater")(expression, count) -}}
{% endmacro %}

{% macro default__text_end(expression, count) -%}
    right({{ expression }}, {{ count }})
{%- endmacro %}

{% macro trino__text_end(expression, count) -%}
    substr({{ expression }}, -{{ count }})
{%- endmacro %}
