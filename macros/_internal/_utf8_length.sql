{#- Text: how many bytes `value` takes in UTF-8. -#}
{% macro _utf8_length(value) %}
    {%- set count = namespace(bytes=0) -%}
    {%- for character in value -%}
        {%- if character < "\u0080" -%} {%- set count.bytes = count.bytes + 1 -%}
        {%- elif character < "\u0800" -%} {%- set count.bytes = count.bytes + 2 -%}
        {%- elif character <= "\uffff" -%} {%- set count.bytes = count.bytes + 3 -%}
        {%- else -%} {%- set count.bytes = count.bytes + 4 -%}
        {%- endif -%}
    {%- endfor -%}
    {{- count.bytes -}}
{% endmacro %}
