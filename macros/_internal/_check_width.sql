{#- Nothing, or an error unless `value` is a number of at least a millionth and at most `most`. -#}
{% macro _check_width(macro, argument, value, most) %}
    {%- if value is not number or value is boolean or not (0.000001 <= value <= most) -%}
        {{ headwater._raise_argument(
            macro, argument, "a number from 0.000001 to " ~ most, headwater._describe(value)
        ) }}
    {%- endif -%}
{% endmacro %}
