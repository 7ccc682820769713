{% macro hmac_sha256(macro, text, version) %}
    {{- adapter.dispatch("hmac_sha256", "headwater")(macro, text, version) -}}
{% endmacro %}

{#
    Two digests over the two halves of the key, which are made once, when the key is installed. Also
    Databricks.
#}
{% macro default__hmac_sha256(macro, text, version) -%}
    {%- set parts = headwater._hmac_parts(macro, text, version) -%}
    sha2(
        concat({{ parts.outer }}, unhex(sha2(concat({{ parts.inner }}, {{ parts.message }}), 256))),
        256
    )
{%- endmacro %}

{% macro postgres__hmac_sha256(macro, text, version) -%}
    {%- set parts = headwater._hmac_parts(macro, text, version) -%}
    encode(sha256({{ parts.outer }} || sha256({{ parts.inner }} || {{ parts.message }})), 'hex')
{%- endmacro %}

{% macro redshift__hmac_sha256(macro, text, version) -%}
    {%- set parts = headwater._hmac_parts(macro, text, version) -%}
    sha2({{ parts.outer }} || from_hex(sha2({{ parts.inner }} || {{ parts.message }}, 256)), 256)
{%- endmacro %}

{% macro duckdb__hmac_sha256(macro, text, version) -%}
    {%- set parts = headwater._hmac_parts(macro, text, version) -%}
    sha256({{ parts.outer }} || unhex(sha256({{ parts.inner }} || {{ parts.message }})))
{%- endmacro %}

{% macro snowflake__hmac_sha256(macro, text, version) -%}
    {%- set parts = headwater._hmac_parts(macro, text, version) -%}
    sha2(
        concat({{ parts.outer }}, sha2_binary(concat({{ parts.inner }}, {{ parts.message }}), 256)),
        256
    )
{%- endmacro %}

{% macro bigquery__hmac_sha256(macro, text, version) -%}
    {%- set parts = headwater._hmac_parts(macro, text, version) -%}
    to_hex(
        sha256(concat({{ parts.outer }}, sha256(concat({{ parts.inner }}, {{ parts.message }}))))
    )
{%- endmacro %}

{# Its own, with the padded key: zeros at the end of a key change nothing. #}
{% macro trino__hmac_sha256(macro, text, version) -%}
    lower(
        to_hex(
            hmac_sha256(
                {{ headwater.text_bytes(text) }},
                {{ headwater._key_part(macro, version, "key_block") }}
            )
        )
    )
{%- endmacro %}

{% macro fabric__hmac_sha256(macro, text, version) -%}
    {{ headwater._raise_argument(macro, "expression", "an engine with masking", "fabric") }}
{%- endmacro %}
