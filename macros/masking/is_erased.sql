{% macro is_erased(expression, identifier, key_version=none) %}
    {%- do headwater._check_expression("is_erased", "expression", expression) -%}
    {%- do headwater._check_domain("is_erased", identifier, "identifier") -%}
    {%- set key_version = headwater._key_version("is_erased", key_version) -%}
    {%- set hash = headwater.hash_pii(expression, domain="erased." ~ identifier, key_version=key_version) -%}
    {{- headwater._masked("constant", "exists (select 1 from (select identifier as headwater_identifier,"
        ~ " subject_hash as headwater_hash from " ~ headwater._masking_table("erased_subjects")
        ~ ") as headwater_erased where headwater_identifier = '" ~ identifier ~ "' and headwater_hash = "
        ~ hash ~ ")") -}}
{% endmacro %}
