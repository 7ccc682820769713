{% macro watermark(column, lookback=none, relation=none, where=none) %}
    {%- do headwater._check_name("watermark", "column", column) -%}
    {%- if not execute or (relation is none and not headwater.is_incremental()) -%} null
    {%- else -%}
        {%- set rows = headwater._watermarks(
            "watermark", column, lookback, relation or this, where=where
        ) -%}
        {{- rows[0][0] if rows else "null" -}}
    {%- endif -%}
{% endmacro %}
