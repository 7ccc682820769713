{% macro json_pick(json, names) %}
    {{- adapter.dispatch("json_pick", "headwater")(json, names) -}}
{% endmacro %}

{% macro default__json_pick(json, names) -%}
    {{ headwater._raise_argument(
        "json_pick", "json", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__json_pick(json, names) -%}
    {%- set present, members = [], [] -%}
    {%- for name in names -%}
        {%- set quoted = dbt.string_literal(dbt.escape_single_quotes(name)) -%}
        {%- do present.append("(" ~ json ~ " ->> " ~ quoted ~ ") is not null") -%}
        {%- do members.append(quoted ~ ", " ~ json ~ " -> " ~ quoted) -%}
    {%- endfor -%}
    case when {{ present | join(" and ") }} then jsonb_build_object({{ members | join(", ") }}) end
{%- endmacro %}

{% macro duckdb__json_pick(json, names) -%}
    {%- set present, members = [], [] -%}
    {%- for name in names -%}
        {%- do present.append(headwater.json_text(json, [name]) ~ " is not null") -%}
        {%- do members.append(
            dbt.string_literal(dbt.escape_single_quotes(name)) ~ ", "
            ~ headwater.json_field(json, name)
        ) -%}
    {%- endfor -%}
    case when {{ present | join(" and ") }} then json_object({{ members | join(", ") }}) end
{%- endmacro %}
