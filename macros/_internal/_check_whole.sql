{#- Nothing, or an error unless `value` is a whole number from `low` to `high`. -#}
{% macro _check_whole(macro, argument, value, low, high) %}
    {%- if value is not integer or value is boolean or value < low or value > high -%}
        {{ headwater._raise_argument(
            macro, argument, "a whole number from " ~ low ~ " to " ~ high, headwater._describe(value)
        ) }}
    {%- endif -%}
{% endmacro %}
