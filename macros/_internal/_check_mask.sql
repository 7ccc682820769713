{#-
    Nothing, or an error unless `value` is a sign that may stand in place of a hidden one. Blanks, control
    signs and signs that join the letter before them would be no sign of their own.
-#}
{% macro _check_mask(macro, value) %}
    {%- set unfit = "[\\w\\s'\"\\\\$\u0000-\u001f\u007f-\u00a0\u00ad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2028-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]" -%}
    {%- if value is not string or value | length != 1 or modules.re.match(unfit, value) -%}
        {{ headwater._raise_argument(
            macro, "mask", "one sign that is no letter, digit, blank, quote, backslash or dollar, such as '*'",
            headwater._describe(value)
        ) }}
    {%- endif -%}
{% endmacro %}
