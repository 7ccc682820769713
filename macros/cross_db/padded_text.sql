{% macro padded_text(expression, length, fill) %}
    {{- adapter.dispatch("padded_text", "headwater")(expression, length, fill) -}}
{% endmacro %}

{% macro default__padded_text(expression, length, fill) -%}
    lpad({{ expression }}, {{ length }}, {{ headwater._literal(fill) }})
{%- endmacro %}
