{% macro get_quoted_identifiers(columns, alias=none) %}
    {%- do headwater._check_column_list("get_quoted_identifiers", "columns", columns) -%}
    {%- set quoted = [] -%}
    {%- for name in columns -%}
        {%- do quoted.append(headwater.column_reference(name, alias)) -%}
    {%- endfor -%}
    {{ return(quoted) }}
{% endmacro %}
