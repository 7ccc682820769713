{% macro mask_email(expression, keep_start=1, domain="keep", mask="*") %}
    {%- do headwater._check_expression("mask_email", "expression", expression) -%}
    {%- do headwater._check_whole("mask_email", "keep_start", keep_start, 0, 10) -%}
    {%- do headwater._check_choice("mask_email", "domain", domain, ["keep", "tld", "mask"]) -%}
    {%- do headwater._check_mask("mask_email", mask) -%}
    {%- set stars = mask ~ mask ~ mask -%}
    {%- set text = headwater.trimmed_text(headwater._text_of(expression)) -%}
    {%- set sign = "[^[:space:]@,;:<>()\"]" -%}
    {%- set ending = "@(" ~ sign ~ "+)[.]([^[:space:]@,;:<>()\".]+)$" -%}
    {%- set shown = {
        "keep": stars ~ "@\\2.\\3", "tld": stars ~ "@" ~ stars ~ ".\\3", "mask": stars
    }[domain] -%}
    {%- set cases = [] -%}
    {%- set rooms = [[keep_start, [keep_start, 1] | max], [0, 1]] if keep_start else [[0, 1]] -%}
    {%- for kept, room in rooms -%}
        {%- set pattern = "^(" ~ sign ~ "{" ~ kept ~ "})" ~ sign ~ "{" ~ room ~ ",}" ~ ending -%}
        {%- do cases.append(
            "when " ~ headwater.regex_found(text, pattern) ~ " then "
            ~ headwater.regex_replaced(text, pattern, ("\\1" if kept else "") ~ shown)
        ) -%}
    {%- endfor -%}
    {%- set masked = "case " ~ cases | join(" ") ~ " else '" ~ stars ~ "' end" -%}
    {{- headwater._masked("partial", headwater._unless_null(expression, masked)) -}}
{% endmacro %}
