{#- Nothing, or an error unless `value` is a sign that may stand in place of a hidden one. -#}
{% macro _check_mask(macro, value) %}
    {%- if value is not string or value | length != 1 or value in "'\"\\$ " or modules.re.match("\\w", value) -%}
        {{ headwater._raise_argument(
            macro, "mask", "one sign that is no letter, digit, blank, quote, backslash or dollar, such as '*'",
            headwater._describe(value)
        ) }}
    {%- endif -%}
{% endmacro %}
