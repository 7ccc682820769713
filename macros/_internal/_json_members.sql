{#- Names as literals and expressions in turn, as the functions that build a document want them. -#}
{% macro _json_members(values) %}
    {%- set members = [] -%}
    {%- for name, value in values.items() -%}
        {%- do members.append(
            dbt.string_literal(dbt.escape_single_quotes(name)) ~ ", " ~ value
        ) -%}
    {%- endfor -%}
    {{- members | join(", ") -}}
{% endmacro %}
