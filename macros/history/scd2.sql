{% materialization scd2, default %}
    {%- set run = headwater._open_run("scd2", headwater._scd2_options()) -%}
    {%- do headwater._scd2_shape(run, sql) -%}
    {%- do headwater._scd2_fit_table(run) -%}
    {%- if run.is_fresh -%} {%- do headwater._scd2_build(run, sql) -%}
    {%- else -%} {%- do headwater._scd2_merge(run, sql) -%}
    {%- endif -%}
    {%- do headwater.history_constraints(run) -%}
    {{ return(headwater._close_run(run)) }}
{% endmaterialization %}
