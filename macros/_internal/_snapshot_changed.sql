{#- A condition: a stored row and one of the query differ, in `columns`, NULL being a value. -#}
{% macro _snapshot_changed(reading, columns, stored, left, right) %}
    {%- set pairs, types = [], [] -%}
    {%- for name in columns -%}
        {%- set quoted = headwater.quote_identifier(name) -%}
        {%- do pairs.append([left ~ "." ~ quoted, right ~ "." ~ quoted]) -%}
        {%- do types.append(headwater._known_column(name, stored)) -%}
    {%- endfor -%}
    {{ return("(" ~ (headwater._changed(pairs, types) if pairs else "false") ~ ")") }}
{% endmacro %}
