{#-
    Replaces all rows of a table and keeps the table: its views, grants, policies and comments stay.
    Its columns and indexes become the model's.
-#}
{% macro _rebuild_table(run) %}
    {%- do run.options.update({"on_schema_change": "sync_all_columns"}) -%}
    {#- Where the run is one transaction, rows that are gone stand in the way of no other type. -#}
    {%- set is_safe = adapter.type() in ["postgres", "duckdb"] -%}
    {%- if not is_safe -%} {%- do headwater._fit_columns(run) -%} {%- endif -%}
    {%- call statement("headwater_empty") -%}
        {{ headwater.empty_statement(run.target, run.facts) }}
    {%- endcall -%}
    {%- if is_safe -%}
        {%- do run.update({"is_emptied": true}) -%} {%- do headwater._fit_columns(run) -%}
    {%- endif -%}
    {%- do headwater.fit_indexes(run, run.index_key) -%}
    {%- do headwater.run_statements([headwater._insert_rows(run)]) -%}
{% endmacro %}
