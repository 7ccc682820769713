{% macro json_masked(json, steps, mode, stars) %}
    {{- adapter.dispatch("json_masked", "headwater")(json, steps, mode, stars) -}}
{% endmacro %}

{% macro default__json_masked(json, steps, mode, stars) -%}
    {{ headwater._raise_argument("mask_json", "target", "Postgres or DuckDB", adapter.type()) }}
{%- endmacro %}

{% macro postgres__json_masked(json, steps, mode, stars) -%}
    {{ headwater._json_masked_in_postgres(json, steps, mode, stars) }}
{%- endmacro %}

{% macro redshift__json_masked(json, steps, mode, stars) -%}
    {{ headwater.default__json_masked(json, steps, mode, stars) }}
{%- endmacro %}

{% macro duckdb__json_masked(json, steps, mode, stars) -%}
    (
        select {{ headwater._json_masked_in_duckdb("whole.value", steps, mode, stars) }}
        from (select {{ json }} as value) as whole
    )
{%- endmacro %}
