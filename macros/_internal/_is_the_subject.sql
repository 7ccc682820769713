{#- A condition: one of the texts is the identifier of whoever hold_subject() holds. -#}
{% macro _is_the_subject(texts) %}
    {%- set ways = [] -%}
    {%- for identifier, text in texts -%}
        {%- do ways.append("headwater_identifier = '" ~ identifier ~ "' and headwater_value = " ~ text) -%}
    {%- endfor -%}
    {{- "exists (select 1 from headwater_subject where " ~ ways | join(" or ") ~ ")" -}}
{% endmacro %}
