{#- The number of an advisory lock, made of its name. -#}
{% macro _lock_number(name) %}
    {%- set text = name | replace("'", "''") | replace("$", "' || chr(36) || '") -%}
    {{- "hashtextextended('headwater:" ~ text ~ "', 0)" -}}
{% endmacro %}
