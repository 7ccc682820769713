{% macro text_start(expression, count) %}
    {{- adapter.dispatch("text_start", "headwater")(expression, count) -}}
{% endmacro %}

{% macro default__text_start(expression, count) -%}
    left({{ expression }}, {{ count }})
{%- endmacro %}

{% macro trino__text_start(expression, count) -%}
    substr({{ expression }}, 1, {{ count }})
{%- endmacro %}
