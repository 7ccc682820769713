{#-
    A condition: a stored row and one of the query differ, in `columns`, NULL being a value; or the query's
    has one in a column of `added`, which the table doesn't have.
-#}
{% macro _snapshot_changed(reading, columns, stored, left, right, added=[]) %}
    {%- set pairs, types = [], [] -%}
    {%- for name in columns -%}
        {%- set quoted = headwater.quote_identifier(name) -%}
        {%- do pairs.append([left ~ "." ~ quoted, right ~ "." ~ quoted]) -%}
        {%- do types.append(headwater._known_column(name, stored)) -%}
    {%- endfor -%}
    {%- set parts = [headwater._changed(pairs, types) if pairs else "false"] -%}
    {%- for column in added if headwater._is_compared(reading, column.name) -%}
        {%- do parts.append(right ~ "." ~ headwater.quote_identifier(column.name) ~ " is not null") -%}
    {%- endfor -%}
    {{ return("(" ~ parts | join(" or ") ~ ")") }}
{% endmacro %}
