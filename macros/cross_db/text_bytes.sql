{% macro text_bytes(expression) %}
    {{- adapter.dispatch("text_bytes", "headwater")(expression) -}}
{% endmacro %}

{# Also Databricks. #}
{% macro default__text_bytes(expression) -%} encode({{ expression }}, 'UTF-8') {%- endmacro %}

{% macro postgres__text_bytes(expression) -%} convert_to({{ expression }}, 'UTF8') {%- endmacro %}

{% macro redshift__text_bytes(expression) -%} to_varbyte({{ expression }}, 'utf8') {%- endmacro %}

{% macro duckdb__text_bytes(expression) -%} encode({{ expression }}) {%- endmacro %}

{% macro snowflake__text_bytes(expression) -%} to_binary({{ expression }}, 'UTF-8') {%- endmacro %}

{% macro bigquery__text_bytes(expression) -%} cast({{ expression }} as bytes) {%- endmacro %}

{% macro trino__text_bytes(expression) -%} to_utf8({{ expression }}) {%- endmacro %}
