{% materialization replace_window, default %}
    {%- do headwater._check_name("replace_window", "event_time", headwater._option("event_time")) -%}
    {{ return(headwater._run_incremental(
        "replace_window", headwater._replace_window_statements, sql,
        more_options=["event_time", "window"], needs_key=false
    )) }}
{% endmaterialization %}
