{#- Nothing, or an error unless `value` is a number above 0. -#}
{% macro _check_positive(macro, argument, value) %}
    {%- if value is not number or value is boolean or value <= 0 -%}
        {{ headwater._raise_argument(
            macro, argument, "a number above 0", headwater._describe(value)
        ) }}
    {%- endif -%}
{% endmacro %}
