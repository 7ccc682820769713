{#-
    A column that a snapshot's config names, quoted; as in dbt, a name without quotes may be written in
    any case, and what is no column's name is an expression. A mapping of name, type and value.
-#}
{% macro _snapshot_column(name, known) %}
    {%- for spelled in [name, name | lower, name | upper] -%}
        {%- for column in known if column.name == spelled -%}
            {{ return({
                "name": column.name, "type": column.type,
                "value": headwater.quote_identifier(column.name),
            }) }}
        {%- endfor -%}
    {%- endfor -%}
    {{ return({"name": none, "type": none, "value": "(" ~ name ~ ")"}) }}
{% endmacro %}
