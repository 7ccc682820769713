{#- Nothing, or an error unless `value` is a relation that the warehouse may hold. -#}
{% macro _check_table_or_view(macro, argument, value) %}
    {%- set expected = "a table or view, such as ref('orders')" -%}
    {%- if value is undefined or value is string or value is none or value.is_cte is undefined -%}
        {{ headwater._raise_argument(macro, argument, expected, headwater._describe(value)) }}
    {%- elif value.is_cte -%}
        {{ headwater._raise_argument(
            macro, argument, expected, "'" ~ value.identifier ~ "', which is ephemeral"
        ) }}
    {%- endif -%}
{% endmacro %}
