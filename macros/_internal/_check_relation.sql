{#- Nothing, or an error unless `value` is a relation, the name of one or of a CTE, or a select. -#}
{% macro _check_relation(macro, argument, value) %}
    {%- set is_text = value is string and value | trim -%}
    {%- if not is_text and (value is string or value is none or value is number
        or value is boolean or value is mapping or value is sequence) -%}
        {{ headwater._raise_argument(
            macro, argument, "a relation such as ref('orders'), the name of a CTE, or a select",
            headwater._describe(value)
        ) }}
    {%- endif -%}
{% endmacro %}
