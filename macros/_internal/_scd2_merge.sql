{#- Brings the query's events into a history that stands: only keys with news are read and written. -#}
{% macro _scd2_merge(run, query) %}
    {%- set rows = "(\n" ~ query ~ "\n)" -%}
    {%- if headwater._scd2_needs_batch(run) -%}
        {%- do headwater._scd2_stage_batch(run, query) -%} {%- set rows = run.batch -%}
    {%- endif -%}
    {%- do headwater._scd2_stage(run, "n", headwater._scd2_news(run, rows)) -%}
    {%- if run.options.is_clocked -%}
        {%- do headwater._scd2_check_repeats(run, rows) -%}
    {%- endif -%}
    {%- set counts = headwater._scd2_check_events(run, run.n) -%}
    {%- if counts.null_keys -%} {%- do headwater._scd2_drop_known(run) -%} {%- endif -%}
    {%- set has_null_keys = counts.null_keys or run.batch is defined -%}
    {%- do run.update({"has_null_keys": true if has_null_keys else false}) -%}
    {%- if run.options.deletes == "from_missing" -%}
        {%- do headwater._scd2_add_missing(run) -%}
    {%- endif -%}
    {%- set keys = headwater.get_quoted_identifiers(run.key) | join(", ") -%}
    {%- do headwater._scd2_stage(
        run, "t", "select distinct " ~ keys ~ " from " ~ run.n, analyzed=run.key
    ) -%}
    {%- set events = headwater._scd2_touched_events(run, run.has_null_keys) -%}
    {%- if run.options.late != "rebuild" -%}
        {%- set events = "select events.*, max(case when headwater_origin < 2 then headwater_from end) over ("
            ~ "partition by " ~ keys ~ ") as headwater_known_until from (" ~ events ~ ") as events" -%}
    {%- endif -%}
    {%- do headwater._scd2_stage(run, "e", events) -%}
    {%- do headwater._scd2_check_history(run) -%}
    {%- if run.options.late != "rebuild" -%}
        {%- do headwater._scd2_check_late(run) -%}
    {%- endif -%}
    {%- if run.unseen -%} {%- do headwater._scd2_backfill(run) -%} {%- endif -%}
    {%- do headwater._scd2_stage(run, "w", headwater._scd2_results(
        headwater._scd2_plan(run), "select * from " ~ run.e,
        ["headwater_origin", "headwater_address", "headwater_until"]
    )) -%}
    {%- do headwater.fit_indexes(run) -%}
    {%- do headwater.run_statements(headwater._scd2_write_statements(run)) -%}
{% endmacro %}
