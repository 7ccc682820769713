{#- Text: a value in words, for error messages. -#}
{% macro _describe(value) %}
    {%- if value is none -%}
        none
    {%- elif value is string and not value | trim -%}
        an empty string
    {%- elif value is string -%}
        the string '{{ value }}'
    {%- elif value is number -%}
        the number {{ value }}
    {%- elif value is mapping -%}
        a mapping
    {%- elif value is iterable and not value -%}
        an empty list
    {%- elif value is iterable -%}
        a list of {{ value | length }}
    {%- else -%}
        {{ value }}
    {%- endif -%}
{% endmacro %}
