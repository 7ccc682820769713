{% macro changed_from_previous(columns, window) %}
    {{- adapter.dispatch("changed_from_previous", "headwater")(columns, window) -}}
{% endmacro %}

{% macro default__changed_from_previous(columns, window) -%}
    {%- set pairs = [] -%}
    {%- for column in columns -%}
        {%- set name = headwater.quote_identifier(column.name) -%}
        {%- do pairs.append([name, "lag(" ~ name ~ ") " ~ window]) -%}
    {%- endfor -%}
    {{- headwater.values_differ(pairs) -}}
{%- endmacro %}

{# One window function whatever the number of columns; bytes are compared, so every type will do. #}
{% macro postgres__changed_from_previous(columns, window) -%}
    {%- set values = [] -%}
    {%- for column in columns -%}
        {%- do values.append(headwater.compared_value(headwater.quote_identifier(column.name), column)) -%}
    {%- endfor -%}
    {%- set record = "cast(row(" ~ values | join(", ") ~ ") as record)" -%}
    {{- record ~ " *" ~ "<> lag(" ~ record ~ ") " ~ window -}}
{%- endmacro %}

{% macro redshift__changed_from_previous(columns, window) -%}
    {{- headwater.default__changed_from_previous(columns, window) -}}
{%- endmacro %}
