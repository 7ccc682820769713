{#- Quoted names behind an alias; an expression stays as it is. -#}
{% macro _behind(values, alias) %}
    {%- set found = [] -%}
    {%- for value in values -%}
        {%- do found.append(value if value[0] == "(" else alias ~ "." ~ value) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
