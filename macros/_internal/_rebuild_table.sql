{#-
    Replaces all rows of a table and keeps the table: its views, grants, policies and comments stay.
    Its columns and indexes become the model's.
-#}
{% macro _rebuild_table(run) %}
    {%- do run.options.update({"on_schema_change": "sync_all_columns"}) -%}
    {%- do headwater._fit_columns(run) -%}
    {%- call statement("headwater_empty") -%}
        {{ headwater.empty_statement(run.target, run.facts) }}
    {%- endcall -%}
    {%- do headwater.fit_indexes(run, run.index_key) -%}
    {%- do headwater.run_statements([headwater._insert_rows(run)]) -%}
{% endmacro %}
