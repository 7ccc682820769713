{% macro row_address(alias) %}
    {{- adapter.dispatch("row_address", "headwater")(alias) -}}
{% endmacro %}

{% macro default__row_address(alias) -%}
    {{ headwater._raise_argument(
        "scd2", "materialized", "an engine whose rows have an address: Postgres or DuckDB",
        adapter.type(), "build a table from scd2_from_log()"
    ) }}
{%- endmacro %}

{% macro postgres__row_address(alias) -%} {{ alias }}.ctid {%- endmacro %}

{% macro redshift__row_address(alias) -%}
    {{ headwater.default__row_address(alias) }}
{%- endmacro %}

{% macro duckdb__row_address(alias) -%} {{ alias }}.rowid {%- endmacro %}
