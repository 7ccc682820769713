{% macro repeated_text(text, count) %}
    {{- adapter.dispatch("repeated_text", "headwater")(text, count) -}}
{% endmacro %}

{% macro default__repeated_text(text, count) -%}
    repeat({{ headwater._literal(text) }}, {{ count }})
{%- endmacro %}

{% macro bigquery__repeated_text(text, count) -%}
    repeat({{ headwater._literal(text) }}, greatest({{ count }}, 0))
{%- endmacro %}

{% macro trino__repeated_text(text, count) -%}
    lpad('', {{ count }}, {{ headwater._literal(text) }})
{%- endmacro %}
