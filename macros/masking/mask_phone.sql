{% macro mask_phone(expression, keep_end=2, mask="*") %}
    {%- do headwater._check_expression("mask_phone", "expression", expression) -%}
    {%- do headwater._check_whole("mask_phone", "keep_end", keep_end, 0, 4) -%}
    {%- do headwater._check_mask("mask_phone", mask) -%}
    {%- set digits = headwater.regex_replaced(headwater._text_of(expression), "[^0-9]", "") -%}
    {%- set masked = headwater._kept_ends(digits, 0, keep_end, [7 - keep_end, keep_end] | max, mask, 5) -%}
    {{- headwater._masked("partial", headwater._unless_null(expression, masked)) -}}
{% endmacro %}
