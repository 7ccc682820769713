{#- The keys of a meta that declare personal data, as `lineage pii` reads them. -#}
{% macro _pii_keys() %}
    {{ return([
        "pii", "personal", "personal_data", "personal_information", "contains_pii", "has_pii",
        "is_pii", "pii_class", "pii_type", "pii_category", "pii_classification", "gdpr",
    ]) }}
{% endmacro %}
