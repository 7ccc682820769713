{#- A length of time such as '3 days', as `count` and `unit`. -#}
{% macro _span(macro, argument, value) %}
    {%- set words = (value | string | lower).split() -%}
    {%- set units = ["second", "minute", "hour", "day", "week", "month", "quarter", "year"] -%}
    {%- set unit = words[1].rstrip("s") if words | length == 2 else "" -%}
    {%- if unit not in units or words[0].strip("0123456789") -%}
        {{ headwater._raise_argument(
            macro, argument, "a number and a unit, such as '3 days' or '90 minutes'",
            headwater._describe(value)
        ) }}
    {%- endif -%}
    {{ return({"count": words[0] | int, "unit": unit}) }}
{% endmacro %}
