{#-
    Makes the table's columns follow the query's, as `on_schema_change` says, and puts the columns to
    write into `run`. Longer texts are always made room for, as dbt does.
-#}
{% macro _fit_columns(run) %}
    {%- set mode = run.options.on_schema_change -%}
    {%- do headwater._mark_generated(run) -%}
    {%- set drift = headwater._column_drift(run.facts.columns, run.batch_facts.columns) -%}
    {%- set texts = [] -%}
    {%- for column in drift.widened if "char" in column.old_type | lower -%}
        {%- do texts.append(column) -%}
    {%- endfor -%}
    {%- if mode == "fail" -%} {%- do headwater._check_no_drift(run, drift) -%} {%- endif -%}
    {%- set is_sync, is_append = mode == "sync_all_columns", mode == "append_new_columns" -%}
    {%- set added = [] -%}
    {%- for column in drift.added if is_sync or is_append or column.name in run.own -%}
        {%- do added.append(column) -%}
    {%- endfor -%}
    {%- set dropped = drift.dropped if is_sync else [] -%}
    {%- set retyped = drift.widened if is_sync or is_append else texts -%}
    {%- set retyped = retyped + drift.retyped if is_sync else retyped -%}
    {%- for column in retyped -%}
        {%- do column.update({"is_empty": run.is_emptied or false}) -%}
    {%- endfor -%}
    {%- if added or dropped or retyped -%}
        {%- do headwater._check_owner(run, "on_schema_change") -%}
        {%- do headwater.change_columns(run.target, added, dropped, retyped) -%}
        {%- do run.update({"facts": headwater.relation_facts(run.target)}) -%}
        {%- do headwater._mark_generated(run) -%}
    {%- endif -%}
    {%- do headwater._check_in_table(run, "unique_key", run.key) -%}
    {%- set written = run.batch_facts.columns | map(attribute="name") | list -%}
    {%- set columns, override = [], namespace(identity=false) -%}
    {%- for column in run.facts.columns if column.name in written and not column.is_generated -%}
        {%- do columns.append(column.name) -%}
        {%- if column.identity == "a" -%} {%- set override.identity = true -%} {%- endif -%}
    {%- endfor -%}
    {%- do run.update({"columns": columns, "override": override.identity}) -%}
{% endmacro %}
