{#- A condition: rows of two aliases have the same key; NULL is a value. -#}
{% macro _scd2_same_key(run, left, right) -%}
    {%- set parts = [] -%}
    {%- for name in run.key -%}
        {%- set column = headwater.quote_identifier(name) -%}
        {%- do parts.append(headwater.same_value(left ~ "." ~ column, right ~ "." ~ column)) -%}
    {%- endfor -%}
    {{- parts | join(" and ") -}}
{%- endmacro %}
