{% macro mask_card(expression, keep_start=0, keep_end=4, mask="*") %}
    {%- do headwater._check_expression("mask_card", "expression", expression) -%}
    {%- do headwater._check_whole("mask_card", "keep_start", keep_start, 0, 6) -%}
    {%- do headwater._check_whole("mask_card", "keep_end", keep_end, 0, 4) -%}
    {%- do headwater._check_mask("mask_card", mask) -%}
    {%- set digits = headwater.regex_replaced(headwater._text_of(expression), "[ -]", "") -%}
    {%- set masked -%}
        case when {{ headwater.regex_found(digits, "^[0-9]{12,19}$") }}
        then {{ headwater._kept_ends(digits, keep_start, keep_end, 6, mask) }}
        else '{{ mask * 4 }}' end
    {%- endset -%}
    {{- headwater._masked("partial", headwater._unless_null(expression, masked)) -}}
{% endmacro %}
