{% macro normalized_changes(source, key, change, op_values) %}
    {{- adapter.dispatch("normalized_changes", "headwater")(source, key, change, op_values) -}}
{% endmacro %}

{% macro default__normalized_changes(source, key, change, op_values) -%}
    {{ headwater._raise_argument(
        "cdc_normalize", "relation", "a log on Postgres or DuckDB", "one on " ~ adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__normalized_changes(source, key, change, op_values) -%}
    {{- headwater._cdc_select(source, key, change, op_values) -}}
{%- endmacro %}

{% macro redshift__normalized_changes(source, key, change, op_values) -%}
    {{- headwater.default__normalized_changes(source, key, change, op_values) -}}
{%- endmacro %}

{% macro duckdb__normalized_changes(source, key, change, op_values) -%}
    {{- headwater._cdc_select(source, key, change, op_values) -}}
{%- endmacro %}
