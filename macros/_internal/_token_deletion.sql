{#- A statement that deletes from the vault what only the subject's rows have, as values or as tokens. -#}
{% macro _token_deletion(relation, column, domain, condition) %}
    {%- set text = headwater._text_of(column) -%}
    {%- set is_it = "(token = " ~ text ~ " or value_hash = " ~ headwater.sha256_hex(text) ~ ")" -%}
    {%- set rows = "select 1 from " ~ relation ~ " where " ~ is_it ~ " and " -%}
    {{- "delete from " ~ headwater._masking_table("token_vault") ~ " where domain = '" ~ domain ~ "' and exists ("
        ~ rows ~ condition ~ ") and not exists (" ~ rows ~ "not " ~ condition ~ ")" -}}
{% endmacro %}
