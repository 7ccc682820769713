{% macro mask_name(expression, keep="initials", mask="*") %}
    {%- do headwater._check_expression("mask_name", "expression", expression) -%}
    {%- do headwater._check_choice("mask_name", "keep", keep, ["initials", "first_initial"]) -%}
    {%- do headwater._check_mask("mask_name", mask) -%}
    {%- set blanks = headwater.regex_replaced(headwater._text_of(expression), "[[:space:]]+", " ") -%}
    {%- set text = headwater.trimmed_text(blanks) -%}
    {%- if keep == "initials" -%}
        {#- A word of one letter would stand there whole. -#}
        {%- set initials = headwater.regex_replaced(text, "([^ ])[^ ]+", "\\1.") -%}
        {%- set masked = headwater.regex_replaced(initials, "[^ .]( |$)", mask ~ "\\1") -%}
    {%- else -%} {%- set masked = headwater._kept_ends(text, 1, 0, 1, mask, 3) -%}
    {%- endif -%}
    {{- headwater._masked("partial", headwater._unless_null(expression, masked)) -}}
{% endmacro %}
