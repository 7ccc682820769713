{% macro get_incremental_headwater_append_dedup_sql(arg_dict) %}
    {%- set run = headwater._strategy_run("append_dedup", arg_dict, index_key=true) -%}
    {{ return(headwater.append_statements(run) | join(";\n\n")) }}
{% endmacro %}
