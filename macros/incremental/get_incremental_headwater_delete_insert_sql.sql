{% macro get_incremental_headwater_delete_insert_sql(arg_dict) %}
    {%- set run = headwater._strategy_run("delete_insert", arg_dict) -%}
    {{ return(headwater._delete_insert_statements(run) | join(";\n\n")) }}
{% endmacro %}
