{% macro json_names(json) %}
    {{- adapter.dispatch("json_names", "headwater")(json) -}}
{% endmacro %}

{% macro default__json_names(json) -%}
    {{ headwater._raise_argument(
        "json_names", "json", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__json_names(json) -%} jsonb_object_keys({{ json }}) {%- endmacro %}

{% macro redshift__json_names(json) -%} {{ headwater.default__json_names(json) }} {%- endmacro %}

{% macro duckdb__json_names(json) -%} unnest(json_keys({{ json }})) {%- endmacro %}
