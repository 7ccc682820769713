{% macro normalized_changes(source, key, format, fields, op_values, exclude, encodings={}) %}
    {{- adapter.dispatch("normalized_changes", "headwater")(source, key, format, fields, op_values, exclude, encodings) -}}
{% endmacro %}

{% macro default__normalized_changes(source, key, format, fields, op_values, exclude, encodings={}) -%}
    {{ headwater._raise_argument(
        "cdc_normalize", "relation", "a log on Postgres or DuckDB", "one on " ~ adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__normalized_changes(source, key, format, fields, op_values, exclude, encodings={}) -%}
    {{- headwater._cdc_select(source, key, format, fields, op_values, exclude, encodings) -}}
{%- endmacro %}

{% macro redshift__normalized_changes(source, key, format, fields, op_values, exclude, encodings={}) -%}
    {{- headwater.default__normalized_changes(source, key, format, fields, op_values, exclude, encodings) -}}
{%- endmacro %}

{% macro duckdb__normalized_changes(source, key, format, fields, op_values, exclude, encodings={}) -%}
    {{- headwater._cdc_select(source, key, format, fields, op_values, exclude, encodings) -}}
{%- endmacro %}
