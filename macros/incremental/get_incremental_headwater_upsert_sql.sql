{% macro get_incremental_headwater_upsert_sql(arg_dict) %}
    {%- set run = headwater._strategy_run("upsert", arg_dict, index_key=true) -%}
    {{ return(headwater.upsert_statements(run) | join(";\n\n")) }}
{% endmacro %}
