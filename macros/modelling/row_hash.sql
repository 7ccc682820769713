{% macro row_hash(columns, alias=none) %}
    {%- do headwater._check_column_list("row_hash", "columns", columns) -%}
    {{- headwater.sha256_hex(headwater._framed_values(columns, alias)) -}}
{% endmacro %}
