{#- The actions of `alter table` that add, drop and retype columns. -#}
{% macro _column_changes(added, dropped, retyped) %}
    {%- set parts = [] -%}
    {%- for column in dropped -%}
        {%- do parts.append("drop column " ~ headwater.quote_identifier(column.name)) -%}
    {%- endfor -%}
    {%- for column in added -%}
        {%- set name = headwater.quote_identifier(column.name) -%}
        {%- do parts.append("add column " ~ name ~ " " ~ column.type) -%}
    {%- endfor -%}
    {%- for column in retyped -%}
        {%- set name = headwater.quote_identifier(column.name) -%}
        {#- Where no row is left, no value has to be cast, and not every type could be. -#}
        {%- set value = "null" if column.is_empty else name -%}
        {%- do parts.append(
            "alter column " ~ name ~ " type " ~ column.type
            ~ " using cast(" ~ value ~ " as " ~ column.type ~ ")"
        ) -%}
    {%- endfor -%}
    {{ return(parts) }}
{% endmacro %}
