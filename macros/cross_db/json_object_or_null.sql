{% macro json_object_or_null(json) %}
    {{- adapter.dispatch("json_object_or_null", "headwater")(json) -}}
{% endmacro %}

{% macro default__json_object_or_null(json) -%}
    {{ headwater._raise_argument(
        "json_object_or_null", "json", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__json_object_or_null(json) -%}
    case when jsonb_typeof({{ json }}) = 'object' then {{ json }} end
{%- endmacro %}

{% macro duckdb__json_object_or_null(json) -%}
    case when json_type({{ json }}) = 'OBJECT' then {{ json }} end
{%- endmacro %}
