{% macro sha256_hex(expression) %}
    {{- adapter.dispatch("sha256_hex", "headwater")(expression) -}}
{% endmacro %}

{% macro default__sha256_hex(expression) -%} sha2({{ expression }}, 256) {%- endmacro %}

{# Built in since Postgres 11; the text is hashed as UTF-8 whatever the database's encoding. #}
{% macro postgres__sha256_hex(expression) -%}
    encode(sha256(convert_to({{ expression }}, 'UTF8')), 'hex')
{%- endmacro %}

{# dbt-redshift inherits from Postgres, whose functions Redshift does not have. #}
{% macro redshift__sha256_hex(expression) -%}
    {{ headwater.default__sha256_hex(expression) }}
{%- endmacro %}

{% macro duckdb__sha256_hex(expression) -%} sha256({{ expression }}) {%- endmacro %}

{% macro bigquery__sha256_hex(expression) -%} to_hex(sha256({{ expression }})) {%- endmacro %}

{% macro trino__sha256_hex(expression) -%}
    lower(to_hex(sha256(to_utf8({{ expression }}))))
{%- endmacro %}
