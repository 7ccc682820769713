{% macro regex_replaced(expression, pattern, replacement) %}
    {{- adapter.dispatch("regex_replaced", "headwater")(expression, pattern, replacement) -}}
{% endmacro %}

{# Engines whose expressions are Java's, and whose literals know a backslash: Spark, Databricks. #}
{% macro default__regex_replaced(expression, pattern, replacement) -%}
    {%- set written = pattern | replace("[:space:]", "\\\\s") -%}
    {%- set put = modules.re.sub("[\\\\]([0-9])", "$\\1", replacement) -%}
    regexp_replace(
        {{ expression }}, {{ headwater._literal(written) }}, {{ headwater._literal(put) }}
    )
{%- endmacro %}

{% macro postgres__regex_replaced(expression, pattern, replacement) -%}
    regexp_replace(
        {{ expression }},
        {{ headwater._literal(pattern) }},
        {{ headwater._literal(replacement) }},
        'g'
    )
{%- endmacro %}

{% macro redshift__regex_replaced(expression, pattern, replacement) -%}
    {%- set put = modules.re.sub("[\\\\]([0-9])", "$\\1", replacement) -%}
    regexp_replace(
        {{ expression }}, {{ headwater._literal(pattern) }}, {{ headwater._literal(put) }}, 1, 'p'
    )
{%- endmacro %}

{% macro duckdb__regex_replaced(expression, pattern, replacement) -%}
    {{ headwater.postgres__regex_replaced(expression, pattern, replacement) }}
{%- endmacro %}

{% macro snowflake__regex_replaced(expression, pattern, replacement) -%}
    {%- set put = replacement | replace("\\", "\\\\") -%}
    regexp_replace(
        {{ expression }}, {{ headwater._literal(pattern) }}, {{ headwater._literal(put) }}
    )
{%- endmacro %}

{% macro bigquery__regex_replaced(expression, pattern, replacement) -%}
    regexp_replace(
        {{ expression }}, r{{ headwater._literal(pattern) }}, r{{ headwater._literal(replacement) }}
    )
{%- endmacro %}

{% macro trino__regex_replaced(expression, pattern, replacement) -%}
    {%- set written = pattern | replace("[:space:]", "\\s") -%}
    {%- set put = modules.re.sub("[\\\\]([0-9])", "$\\1", replacement) -%}
    regexp_replace(
        {{ expression }}, {{ headwater._literal(written) }}, {{ headwater._literal(put) }}
    )
{%- endmacro %}
