{% macro stage_rows(relation, query, header=none) %}
    {{- adapter.dispatch("stage_rows", "headwater")(relation, query, header) -}}
{% endmacro %}

{% macro default__stage_rows(relation, query, header) -%}
    {{ header if header is not none }}
    create temporary table {{ relation }} as
    select * from (
    {{ query }}
    ) as staged
{%- endmacro %}

{# Gone with the transaction, so that no later model on the same connection meets it. #}
{% macro postgres__stage_rows(relation, query, header) -%}
    {{ header if header is not none }}
    create temporary table {{ relation }} on commit drop as (
    {{ query }}
    )
{%- endmacro %}

{% macro redshift__stage_rows(relation, query, header) -%}
    {{ headwater.default__stage_rows(relation, query, header) }}
{%- endmacro %}

{% macro bigquery__stage_rows(relation, query, header) -%}
    {{ header if header is not none }}
    create table {{ relation }}
    options (expiration_timestamp = timestamp_add(current_timestamp(), interval 12 hour)) as (
    {{ query }}
    )
{%- endmacro %}

{# No temporary tables there; the materialization drops it. #}
{% macro trino__stage_rows(relation, query, header) -%}
    {{ header if header is not none }}
    create table {{ relation }} as (
    {{ query }}
    )
{%- endmacro %}

{# No temporary tables there, and not every kind of table can be replaced; each run has its own name. #}
{% macro spark__stage_rows(relation, query, header) -%}
    {{ header if header is not none }}
    create table {{ relation }} using {{ config.get("file_format") or "parquet" }} as
    {{ query }}
{%- endmacro %}

{% macro databricks__stage_rows(relation, query, header) -%}
    {{ header if header is not none }}
    create or replace table {{ relation }} as
    {{ query }}
{%- endmacro %}

{# Temporary tables of SQL Server's family live in one session and have no schema: a table instead. #}
{% macro fabric__stage_rows(relation, query, header) -%}
    {{ header if header is not none }}
    create table {{ relation }} as
    {{ query }}
{%- endmacro %}
