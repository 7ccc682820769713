{% macro json_of_values(values) %}
    {{- adapter.dispatch("json_of_values", "headwater")(values) -}}
{% endmacro %}

{% macro default__json_of_values(values) -%}
    {{ headwater._raise_argument(
        "json_of_values", "values", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__json_of_values(values) -%}
    {%- set members = [] -%}
    {%- for name, value in values.items() -%}
        {%- do members.append(
            dbt.string_literal(dbt.escape_single_quotes(name)) ~ ", " ~ value
        ) -%}
    {%- endfor -%}
    jsonb_build_object({{ members | join(", ") }})
{%- endmacro %}

{% macro duckdb__json_of_values(values) -%}
    {%- set members = [] -%}
    {%- for name, value in values.items() -%}
        {%- do members.append(
            dbt.string_literal(dbt.escape_single_quotes(name)) ~ ", " ~ value
        ) -%}
    {%- endfor -%}
    json_object({{ members | join(", ") }})
{%- endmacro %}
