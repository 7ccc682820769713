{#- The name of a table of the masking schema, quoted. -#}
{% macro _masking_table(name) %}
    {%- set parts = [var("masking_database", none), var("masking_schema", "headwater_masking"), name] -%}
    {%- set quoted = [] -%}
    {%- for part in parts if part -%}
        {%- do quoted.append(headwater.quote_identifier(part)) -%}
    {%- endfor -%}
    {{- quoted | join(".") -}}
{% endmacro %}
