{% macro json_of_row(alias, without) %}
    {{- adapter.dispatch("json_of_row", "headwater")(alias, without) -}}
{% endmacro %}

{% macro default__json_of_row(alias, without) -%}
    {{ headwater._raise_argument(
        "json_of_row", "alias", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__json_of_row(alias, without) -%}
    {%- set names = [] -%}
    {%- for name in without -%}
        {%- do names.append(dbt.string_literal(dbt.escape_single_quotes(name))) -%}
    {%- endfor -%}
    (to_jsonb({{ alias }}) - cast(array[{{ names | join(", ") }}] as text[]))
{%- endmacro %}

{# A merge with null takes a member away. #}
{% macro duckdb__json_of_row(alias, without) -%}
    {%- set nulls = {} -%}
    {%- for name in without -%} {%- do nulls.update({name: none}) -%} {%- endfor -%}
    {%- set patch = dbt.string_literal(dbt.escape_single_quotes(tojson(nulls))) -%}
    json_merge_patch(to_json({{ alias }}), {{ patch }})
{%- endmacro %}
