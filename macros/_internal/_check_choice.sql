{#- Nothing, or an error unless `value` is one of `choices`. -#}
{% macro _check_choice(macro, argument, value, choices) %}
    {%- if value not in choices -%}
        {{ headwater._raise_argument(
            macro, argument,
            "one of '" ~ choices | sort | join("', '") ~ "'",
            headwater._describe(value)
        ) }}
    {%- endif -%}
{% endmacro %}
