{% macro value_as_text(expression) %}
    {{- adapter.dispatch("value_as_text", "headwater")(expression) -}}
{% endmacro %}

{% macro default__value_as_text(expression) -%}
    {{ headwater._raise_argument(
        "value_as_text", "expression", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__value_as_text(expression) -%}
    (to_jsonb({{ expression }}) #>> '{}')
{%- endmacro %}

{% macro duckdb__value_as_text(expression) -%} cast({{ expression }} as varchar) {%- endmacro %}
