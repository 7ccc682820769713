{#- Nothing, or an error unless `value` is a number above 0, and not without end. -#}
{% macro _check_positive(macro, argument, value) %}
    {%- if value is not number or value is boolean or not (0 < value <= 1000000000000000) -%}
        {{ headwater._raise_argument(
            macro, argument, "a number above 0, at most 1000000000000000", headwater._describe(value)
        ) }}
    {%- endif -%}
{% endmacro %}
