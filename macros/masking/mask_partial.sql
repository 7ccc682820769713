{% macro mask_partial(expression, keep_start=0, keep_end=4, min_hidden=none, mask="*", hidden_length=none) %}
    {%- do headwater._check_expression("mask_partial", "expression", expression) -%}
    {%- do headwater._check_whole("mask_partial", "keep_start", keep_start, 0, 100) -%}
    {%- do headwater._check_whole("mask_partial", "keep_end", keep_end, 0, 100) -%}
    {%- do headwater._check_mask("mask_partial", mask) -%}
    {%- set room = [keep_start + keep_end, 1] | max if min_hidden is none else min_hidden -%}
    {%- do headwater._check_whole("mask_partial", "min_hidden", room, 1, 1000) -%}
    {%- if hidden_length is not none -%}
        {%- do headwater._check_whole("mask_partial", "hidden_length", hidden_length, 1, 100) -%}
    {%- endif -%}
    {%- set text = headwater._text_of(expression) -%}
    {%- set masked = headwater._kept_ends(text, keep_start, keep_end, room, mask, hidden_length) -%}
    {{- headwater._masked("partial", headwater._unless_null(expression, masked)) -}}
{% endmacro %}
