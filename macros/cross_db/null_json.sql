{% macro null_json() %} {{- adapter.dispatch("null_json", "headwater")() -}} {% endmacro %}

{% macro default__null_json() -%}
    {{ headwater._raise_argument(
        "null_json", "engine", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__null_json() -%} cast(null as jsonb) {%- endmacro %}

{% macro duckdb__null_json() -%} cast(null as json) {%- endmacro %}
