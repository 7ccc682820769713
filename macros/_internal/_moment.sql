{#- A moment as SQL: a date or time as a literal, anything else as the expression it is. -#}
{% macro _moment(value, type) %}
    {%- if value is none or value is undefined -%} {{ return("null") }} {%- endif -%}
    {%- set text = value | string -%}
    {%- if text[:4].strip("0123456789") or "-" not in text[4:5] -%}
        {{ return("(" ~ text ~ ")") }}
    {%- endif -%}
    {{ return("'" ~ text | replace("'", "''") ~ "'") }}
{% endmacro %}
