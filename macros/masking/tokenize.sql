{% macro tokenize(expression, domain="pii") %}
    {%- do headwater._check_expression("tokenize", "expression", expression) -%}
    {%- do headwater._check_domain("tokenize", domain) -%}
    {%- set text = headwater._text_of(expression) -%}
    {%- set found = "(select vault_token from " ~ headwater._vault() ~ " where vault_domain = '"
        ~ domain ~ "' and vault_hash = " ~ headwater.sha256_hex(text) ~ ")" -%}
    {%- set missing = headwater.error_text(
        "headwater.tokenize(): a value has no token in the domain " ~ domain
        ~ " yet; run headwater.fill_vault before", text
    ) -%}
    {{- headwater._masked(
        "token", headwater._unless_null(expression, "coalesce(" ~ found ~ ", " ~ missing ~ ")"),
        {"domain": domain}
    ) -}}
{% endmacro %}
