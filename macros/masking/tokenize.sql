{% macro tokenize(expression, domain="pii") %}
    {%- do headwater._check_expression("tokenize", "expression", expression) -%}
    {%- do headwater._check_domain("tokenize", domain) -%}
    {%- set text = headwater._text_of(expression) -%}
    {%- set found = "(select token from " ~ headwater._masking_table("token_vault") ~ " where domain = '"
        ~ domain ~ "' and value_hash = " ~ headwater.sha256_hex(text) ~ ")" -%}
    {%- set missing = headwater.error_text(
        "headwater.tokenize(): a value has no token in the domain " ~ domain
        ~ " yet; run headwater.fill_vault before", text
    ) -%}
    {{- headwater._masked(
        "token", headwater._unless_null(expression, "coalesce(" ~ found ~ ", " ~ missing ~ ")"),
        {"domain": domain}
    ) -}}
{% endmacro %}
