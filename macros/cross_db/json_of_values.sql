{% macro json_of_values(values) %}
    {{- adapter.dispatch("json_of_values", "headwater")(values) -}}
{% endmacro %}

{% macro default__json_of_values(values) -%}
    {{ headwater._raise_argument(
        "json_of_values", "values", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__json_of_values(values) -%}
    jsonb_build_object({{ headwater._json_members(values) }})
{%- endmacro %}

{% macro duckdb__json_of_values(values) -%}
    json_object({{ headwater._json_members(values) }})
{%- endmacro %}
