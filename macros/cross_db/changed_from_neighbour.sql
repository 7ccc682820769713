{% macro changed_from_neighbour(columns, step, window) %}
    {{- adapter.dispatch("changed_from_neighbour", "headwater")(columns, step, window) -}}
{% endmacro %}

{% macro default__changed_from_neighbour(columns, step, window) -%}
    {%- set pairs = [] -%}
    {%- for column in columns -%}
        {%- set name = headwater.quote_identifier(column.name) -%}
        {%- do pairs.append([name, step ~ "(" ~ name ~ ") " ~ window]) -%}
    {%- endfor -%}
    ({{ step }} (1) {{ window }} is null or {{ headwater.values_differ(pairs) }})
{%- endmacro %}

{# One window function whatever the number of columns; bytes are compared, so every type will do. #}
{% macro postgres__changed_from_neighbour(columns, step, window) -%}
    {%- set values = [] -%}
    {%- for column in columns -%}
        {%- do values.append(headwater.compared_value(headwater.quote_identifier(column.name), column)) -%}
    {%- endfor -%}
    {%- set record = "cast(row(" ~ values | join(", ") ~ ") as record)" -%}
    {{- "coalesce(" ~ record ~ " *" ~ "<> " ~ step ~ "(" ~ record ~ ") " ~ window ~ ", true)" -}}
{%- endmacro %}

{% macro redshift__changed_from_neighbour(columns, step, window) -%}
    {{- headwater.default__changed_from_neighbour(columns, step, window) -}}
{%- endmacro %}
