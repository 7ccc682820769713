{% macro detokenize(expression, domain="pii") %}
    {%- do headwater._check_expression("detokenize", "expression", expression) -%}
    {%- do headwater._check_domain("detokenize", domain) -%}
    {%- set found = "(select vault_value from " ~ headwater._vault() ~ " where vault_domain = '"
        ~ domain ~ "' and vault_token = " ~ headwater._text_of(expression) ~ ")" -%}
    {{- headwater._masked("reveal", found, {"domain": domain}) -}}
{% endmacro %}
