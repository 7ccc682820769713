{% macro get_incremental_headwater_replace_window_sql(arg_dict) %}
    {%- set run = headwater._strategy_run("replace_window", arg_dict, ["event_time", "window"], needs_key=false) -%}
    {{ return(headwater._replace_window_statements(run) | join(";\n\n")) }}
{% endmacro %}
