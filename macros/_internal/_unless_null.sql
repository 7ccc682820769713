{#- An expression that is only worked out where another is not NULL, and NULL else. -#}
{% macro _unless_null(expression, result) %}
    {{- "case when " ~ expression ~ " is not null then " ~ result ~ " end" -}}
{% endmacro %}
