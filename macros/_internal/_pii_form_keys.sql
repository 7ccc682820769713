{#- The keys of a declaration that is a mapping, as `lineage pii` reads them; of several the first counts. -#}
{% macro _pii_form_keys() %}
    {{ return({
        "class": ["class", "classes", "type", "category", "kind", "name"],
        "level": ["level", "masked", "masking", "mask", "as"],
        "other": ["reason", "note", "description", "owner", "legal_basis", "retention", "policy"],
    }) }}
{% endmacro %}
