{% macro json_field(json, name) %}
    {{- adapter.dispatch("json_field", "headwater")(json, name) -}}
{% endmacro %}

{% macro default__json_field(json, name) -%}
    {{ headwater._raise_argument(
        "json_field", "json", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__json_field(json, name) -%}
    ({{ json }} -> {{ dbt.string_literal(dbt.escape_single_quotes(name)) }})
{%- endmacro %}

{% macro duckdb__json_field(json, name) -%}
    {%- set path = '$."%s"' | format(name | replace("\\", "\\\\") | replace('"', '\\"')) -%}
    json_extract({{ json }}, {{ dbt.string_literal(dbt.escape_single_quotes(path)) }})
{%- endmacro %}
