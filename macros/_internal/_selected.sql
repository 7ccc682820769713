{#- What a select of a history's rows returns: the columns asked for, or all. -#}
{% macro _selected(history, columns) %}
    {%- if columns is none -%}
        {{ return(headwater.quote_identifier(history.alias) ~ ".*") }}
    {%- endif -%}
    {%- do headwater._check_column_list(history.macro, "columns", columns) -%}
    {%- do headwater._check_known(history.macro, "columns", columns, history.known) -%}
    {{ return(headwater.get_quoted_identifiers(columns, history.alias) | join(", ")) }}
{% endmacro %}
