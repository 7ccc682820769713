{#- The columns that a deduplication returns, quoted: those asked for, else all that are known. -#}
{% macro _returned_columns(columns, known) %}
    {%- set names = columns or known | map(attribute="name") | list -%}
    {{ return(headwater.get_quoted_identifiers(names) if names else []) }}
{% endmacro %}
