{% macro hash_pii(expression, domain="pii", key_version=none, normalize=[], length=64) %}
    {%- do headwater._check_expression("hash_pii", "expression", expression) -%}
    {%- do headwater._check_whole("hash_pii", "length", length, 32, 64) -%}
    {%- set version = headwater._key_version("hash_pii", key_version) -%}
    {%- set text = headwater._text_of(expression) -%}
    {%- set value = headwater._normalized("hash_pii", text, normalize) -%}
    {%- set digest = headwater._keyed_digest("hash_pii", value, domain, version) -%}
    {%- set shown = digest if length == 64 else headwater.text_start(digest, length) -%}
    {{- headwater._masked(
        "hash", headwater._unless_null(expression, "'k" ~ version ~ "_' || " ~ shown),
        {"key": version, "domain": domain}
    ) -}}
{% endmacro %}
