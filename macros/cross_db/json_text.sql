{% macro json_text(json, path) %}
    {{- adapter.dispatch("json_text", "headwater")(json, path) -}}
{% endmacro %}

{% macro default__json_text(json, path) -%}
    {{ headwater._raise_argument(
        "json_text", "json", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__json_text(json, path) -%}
    {%- set steps = [] -%}
    {%- for name in path -%}
        {%- do steps.append(dbt.string_literal(dbt.escape_single_quotes(name))) -%}
    {%- endfor -%}
    ({{ json }} #>> array[{{ steps | join(", ") }}])
{%- endmacro %}

{# A quote in a name is escaped as in JSON. #}
{% macro duckdb__json_text(json, path) -%}
    {%- set steps = namespace(text="$") -%}
    {%- for name in path -%}
        {%- set steps.text = steps.text ~ '."' ~ name | replace("\\", "\\\\") | replace('"', '\\"') ~ '"' -%}
    {%- endfor -%}
    json_extract_string({{ json }}, {{ dbt.string_literal(dbt.escape_single_quotes(steps.text)) }})
{%- endmacro %}
