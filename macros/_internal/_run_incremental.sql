{#-
    The one skeleton of all incremental materializations: lock, stage, check, fit the columns, write,
    and what dbt does after a table is written; all in one transaction. `writer(run)` returns the
    statements that bring the staged rows into the table; everything else is the same for all.

    index_key: whether the table needs a unique index on its key. own: columns that the materialization
    adds to the query. always_rebuild: whether each run is a full one. create, rebuild: other ways to
    make a table that is not there, and to replace all of its rows.
-#}
{% macro _run_incremental(
    macro, writer, query,
    more_options=[], needs_key=true, index_key=false, own=[], always_rebuild=false,
    create=none, rebuild=none
) %}
    {%- set options = headwater._incremental_options(macro, more_options) -%}
    {%- set run = headwater._open_run(macro, options, own, needs_key) -%}
    {#- An upsert looks its keys up in the index one by one; statistics would be of no use to it. -#}
    {%- set looks_up = macro in ["append_dedup", "upsert"] -%}
    {%- do run.update({"index_key": run.key if index_key else [], "looks_up": looks_up}) -%}
    {%- do headwater._stage_batch(run, query) -%}
    {%- set create_table = create or headwater._create_table -%}
    {%- set rebuild_table = rebuild or headwater._rebuild_table -%}
    {%- if not run.facts -%} {%- do create_table(run) -%}
    {%- elif run.is_rebuild or (always_rebuild and not run.is_partial) -%}
        {%- if not run.is_rebuild and run.options.on_schema_change == "fail" -%}
            {%- do headwater._mark_generated(run) -%}
            {%- set drift = headwater._column_drift(run.facts.columns, run.batch_facts.columns) -%}
            {%- do headwater._check_no_drift(run, drift) -%}
        {%- endif -%}
        {%- do rebuild_table(run) -%}
    {%- else -%}
        {%- do headwater._fit_columns(run) -%}
        {%- do headwater.fit_indexes(run, run.index_key) -%}
        {%- do headwater.run_statements(writer(run)) -%}
    {%- endif -%}
    {{ return(headwater._close_run(run)) }}
{% endmacro %}
