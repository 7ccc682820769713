{#- Nothing, or an error unless `value` is true or false; 0 and 'no' are neither. -#}
{% macro _check_flag(macro, argument, value) %}
    {%- if value is not boolean -%}
        {{ headwater._raise_argument(macro, argument, "true or false", headwater._describe(value)) }}
    {%- endif -%}
{% endmacro %}
