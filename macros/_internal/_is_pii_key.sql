{#- Whether a key of a meta declares personal data, however it is spelt. -#}
{% macro _is_pii_key(key) %}
    {{ return(modules.re.sub("[\\s./-]+", "_", key | string | trim | lower) in headwater._pii_keys()) }}
{% endmacro %}
