{% macro regex_found(expression, pattern) %}
    {{- adapter.dispatch("regex_found", "headwater")(expression, pattern) -}}
{% endmacro %}

{# Spark, Databricks. #}
{% macro default__regex_found(expression, pattern) -%}
    {%- set written = pattern | replace("[:space:]", "\\\\s") -%}
    {{ expression }} rlike {{ headwater._literal(written) }}
{%- endmacro %}

{% macro postgres__regex_found(expression, pattern) -%}
    {{ expression }} ~ {{ headwater._literal(pattern) }}
{%- endmacro %}

{% macro duckdb__regex_found(expression, pattern) -%}
    regexp_matches({{ expression }}, {{ headwater._literal(pattern) }})
{%- endmacro %}

{% macro snowflake__regex_found(expression, pattern) -%}
    regexp_instr({{ expression }}, {{ headwater._literal(pattern) }}) > 0
{%- endmacro %}

{% macro bigquery__regex_found(expression, pattern) -%}
    regexp_contains({{ expression }}, r{{ headwater._literal(pattern) }})
{%- endmacro %}

{% macro trino__regex_found(expression, pattern) -%}
    {%- set written = pattern | replace("[:space:]", "\\s") -%}
    regexp_like({{ expression }}, {{ headwater._literal(written) }})
{%- endmacro %}
