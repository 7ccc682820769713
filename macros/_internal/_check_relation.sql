{#- Nothing, or an error unless `value` is a relation, the name of one or of a CTE, or a select. -#}
{% macro _check_relation(macro, argument, value) %}
    {%- set is_text = value is string and value | trim -%}
    {#- A relation is a mapping, too. -#}
    {%- set is_relation = value is defined and value is not string and value is not none and value.is_cte is defined -%}
    {%- if not is_text and not is_relation -%}
        {{ headwater._raise_argument(
            macro, argument, "a relation such as ref('orders'), the name of a CTE, or a select",
            headwater._describe(value)
        ) }}
    {%- endif -%}
{% endmacro %}
