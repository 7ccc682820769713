{#- Writes the whole history from the query's events. -#}
{% macro _scd2_build(run, query) %}
    {%- set events = headwater._scd2_events(run, "(\n" ~ query ~ "\n)") -%}
    {%- if headwater._scd2_needs_batch(run) -%}
        {%- do headwater._scd2_stage_batch(run, query) -%}
        {%- set events = headwater._scd2_events(run, run.batch) -%}
    {%- endif -%}
    {%- if headwater._scd2_sets_aside(run) -%}
        {%- do headwater._scd2_stage(run, "n", events) -%}
        {%- do headwater._scd2_check_events(run, run.n) -%}
        {%- set events = "select * from " ~ run.n -%}
    {%- endif -%}
    {%- set options = run.options -%}
    {%- set plan = headwater._scd2_plan(
        run, has_gone=options.deleted_column is not none and options.deletes != "ignore"
    ) -%}
    {%- do headwater._scd2_stage(run, "w", headwater._scd2_results(plan, events)) -%}
    {%- set counts = headwater._scd2_check_events(run, run.w, is_result=true) -%}
    {%- if not run.is_created -%} {%- do headwater._scd2_empty(run, counts.rows) -%} {%- endif -%}
    {%- do run.update({"keeps_events": counts.calm > 0}) -%}
    {%- do headwater.run_statements(headwater._scd2_inserts(run)) -%}
    {%- if options.exclusion_constraint and not run.is_created -%}
        {%- do run_query("set constraints all immediate") -%}
    {%- endif -%}
    {%- do headwater.fit_indexes(run) -%}
{% endmacro %}
