{% macro json_text(json, path) %}
    {{- adapter.dispatch("json_text", "headwater")(json, path) -}}
{% endmacro %}

{% macro default__json_text(json, path) -%}
    {{ headwater._raise_argument(
        "json_text", "json", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__json_text(json, path) -%}
    ({{ json }} #>> '{ {{- path | join(",") -}} }')
{%- endmacro %}

{% macro duckdb__json_text(json, path) -%}
    {%- set steps = namespace(text="$") -%}
    {%- for name in path -%} {%- set steps.text = steps.text ~ '."' ~ name ~ '"' -%} {%- endfor -%}
    json_extract_string({{ json }}, {{ dbt.string_literal(dbt.escape_single_quotes(steps.text)) }})
{%- endmacro %}
