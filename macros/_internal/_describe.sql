{#- A value in words, for error messages. -#}
{% macro _describe(value) %}
    {%- if value is undefined -%} {{ return("nothing") }}
    {%- elif value is none -%} {{ return("none") }}
    {%- elif value is boolean -%} {{ return("the boolean " ~ value | lower) }}
    {%- elif value is number -%} {{ return("the number " ~ value) }}
    {%- elif value is string and value | trim -%} {{ return("the string '" ~ value ~ "'") }}
    {%- elif value is string -%} {{ return("an empty string") }}
    {%- elif value is mapping -%} {{ return("a mapping") }}
    {%- elif value is iterable and value -%} {{ return("a list of " ~ value | length) }}
    {%- elif value is iterable -%} {{ return("an empty list") }}
    {%- else -%} {{ return(value | string) }}
    {%- endif -%}
{% endmacro %}
