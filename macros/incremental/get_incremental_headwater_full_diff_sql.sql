{% macro get_incremental_headwater_full_diff_sql(arg_dict) %}
    {%- set run = headwater._strategy_run("full_diff", arg_dict, index_key=true) -%}
    {{ return(headwater._full_diff_statements(run) | join(";\n\n")) }}
{% endmacro %}
