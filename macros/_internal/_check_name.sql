{#- Nothing, or an error unless `value` is text with something in it. -#}
{% macro _check_name(macro, argument, value) %}
    {%- if value is not string or not value | trim -%}
        {{ headwater._raise_argument(
            macro, argument, "the name of one column or relation", headwater._describe(value)
        ) }}
    {%- endif -%}
{% endmacro %}
