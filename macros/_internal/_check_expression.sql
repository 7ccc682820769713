{#- Nothing, or an error unless `value` is an SQL expression. -#}
{% macro _check_expression(macro, argument, value) %}
    {%- if value is not string or not value | trim -%}
        {{ headwater._raise_argument(
            macro, argument, "an SQL expression, such as 'email'", headwater._describe(value)
        ) }}
    {%- endif -%}
{% endmacro %}
