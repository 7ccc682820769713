{#- What is known of a column, a mapping of name, type and sorts; none when nothing is. -#}
{% macro _known_column(name, known) %}
    {%- for column in known if headwater.folded_name(column.name) == headwater.folded_name(name) -%}
        {{ return(column) }}
    {%- endfor -%}
    {{ return(none) }}
{% endmacro %}
