{#- The work of hold_subject(), with the engine's schema of temporary tables and its placeholder. -#}
{% macro _hold_subject(schema, place) %}
    {%- set values = headwater._subject_values() -%}
    {%- set rows, bound = [], [] -%}
    {%- for name, value in values.items() -%}
        {%- do rows.append("select '" ~ name ~ "' as headwater_identifier, cast(" ~ place ~ " as text) as headwater_value") -%}
        {%- do bound.append(value) -%}
    {%- endfor -%}
    {%- do adapter.add_query("drop table if exists " ~ schema ~ ".headwater_subject") -%}
    {%- do adapter.add_query(
        "create temporary table headwater_subject as " ~ rows | join(" union all "), bindings=bound
    ) -%}
    {{ return(values.keys() | list) }}
{% endmacro %}
