{#- Arguments that alternate between a column's name and its value. -#}
{% macro _names_and_values(alias, columns) %}
    {%- set parts = [] -%}
    {%- for name in columns -%}
        {%- do parts.append("'" ~ name | replace("'", "''") ~ "'") -%}
        {%- do parts.append(headwater.column_reference(name, alias)) -%}
    {%- endfor -%}
    {{- parts | join(", ") -}}
{% endmacro %}
