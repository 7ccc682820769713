{#- Nothing, or an error unless `value` is a number of at least a millionth. -#}
{% macro _check_width(macro, argument, value) %}
    {%- if value is not number or value is boolean or value < 0.000001 -%}
        {{ headwater._raise_argument(
            macro, argument, "a number above 0, at least 0.000001", headwater._describe(value)
        ) }}
    {%- endif -%}
{% endmacro %}
