{% macro mask_iban(expression, keep_country=true, keep_end=4, mask="*") %}
    {%- do headwater._check_expression("mask_iban", "expression", expression) -%}
    {%- do headwater._check_flag("mask_iban", "keep_country", keep_country) -%}
    {%- do headwater._check_whole("mask_iban", "keep_end", keep_end, 0, 4) -%}
    {%- do headwater._check_mask("mask_iban", mask) -%}
    {%- set text = headwater.regex_replaced(headwater._text_of(expression), "[ -]", "") -%}
    {%- set iban = "upper(" ~ text ~ ")" -%}
    {%- set masked -%}
        case when {{ headwater.regex_found(text, "^[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{11,30}$") }}
        then {{ headwater._kept_ends(iban, 2 if keep_country else 0, keep_end, 8, mask) }}
        else '{{ mask * 4 }}' end
    {%- endset -%}
    {{- headwater._masked("partial", headwater._unless_null(expression, masked)) -}}
{% endmacro %}
