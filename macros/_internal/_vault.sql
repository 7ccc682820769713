{#- The vault, with names of columns that an expression of the user's does not mean. -#}
{% macro _vault() %}
    {{- "(select domain as vault_domain, value_hash as vault_hash, token as vault_token, value as vault_value from "
        ~ headwater._masking_table("token_vault") ~ ") as headwater_vault" -}}
{% endmacro %}
