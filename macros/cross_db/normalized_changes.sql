{% macro normalized_changes(source, key, format, fields, op_values, exclude) %}
    {{- adapter.dispatch("normalized_changes", "headwater")(source, key, format, fields, op_values, exclude) -}}
{% endmacro %}

{% macro default__normalized_changes(source, key, format, fields, op_values, exclude) -%}
    {{ headwater._raise_argument(
        "cdc_normalize", "relation", "a log on Postgres or DuckDB", "one on " ~ adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__normalized_changes(source, key, format, fields, op_values, exclude) -%}
    {{- headwater._cdc_select(source, key, format, fields, op_values, exclude) -}}
{%- endmacro %}

{% macro redshift__normalized_changes(source, key, format, fields, op_values, exclude) -%}
    {{- headwater.default__normalized_changes(source, key, format, fields, op_values, exclude) -}}
{%- endmacro %}

{% macro duckdb__normalized_changes(source, key, format, fields, op_values, exclude) -%}
    {{- headwater._cdc_select(source, key, format, fields, op_values, exclude) -}}
{%- endmacro %}
