{% macro watermark(column, lookback=none, relation=none, where=none) %}
    {%- do headwater._check_column("watermark", "column", column) -%}
    {%- do headwater._check_watermark("watermark", lookback, relation, where) -%}
    {%- if not execute or (relation is none and not headwater.is_incremental()) -%} null
    {%- else -%}
        {%- set rows = headwater._watermarks(
            "watermark", column, lookback, this if relation is none else relation, where=where
        ) -%}
        {{- rows[0][0] if rows else "null" -}}
    {%- endif -%}
{% endmacro %}
