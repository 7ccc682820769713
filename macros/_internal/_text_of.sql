{#- An expression as text. -#}
{% macro _text_of(expression) %}
    {{- "cast(" ~ expression ~ " as " ~ dbt.type_string() ~ ")" -}}
{% endmacro %}
