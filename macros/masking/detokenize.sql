{% macro detokenize(expression, domain="pii") %}
    {%- do headwater._check_expression("detokenize", "expression", expression) -%}
    {%- do headwater._check_domain("detokenize", domain) -%}
    {%- set found = "(select value from " ~ headwater._masking_table("token_vault") ~ " where domain = '"
        ~ domain ~ "' and token = " ~ headwater._text_of(expression) ~ ")" -%}
    {{- headwater._masked("reveal", found, {"domain": domain}) -}}
{% endmacro %}
