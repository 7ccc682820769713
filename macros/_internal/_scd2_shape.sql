{#-
    Asks the warehouse for the columns of the query, without running it for rows, and for the time;
    holds the options against them. Adds to `run`:

    columns (of the query, as the table shall have them), check and type1 (names), time_type, now (a
    text, UTC), has_marks (a column says whether a version is a deletion), is_fresh, batch_facts.
-#}
{% macro _scd2_shape(run, query) %}
    {%- set shape = headwater._batch_relation(run.target, "s") -%}
    {%- set statement = headwater.stage_rows(
        shape, headwater._scd2_no_rows(query), config.get("sql_header")
    ) -%}
    {%- set facts = headwater.relation_facts(shape, before=statement) -%}
    {%- set options = run.options -%}
    {%- set names = facts.columns | map(attribute="name") | list -%}
    {%- do run.update({
        "shape": shape, "batch_facts": facts, "staged": [shape], "own": [],
        "now": headwater.clock_reading(),
        "has_marks": options.deletes == "tombstone"
        or (options.deletes == "from_missing" and options.missing_as == "tombstone"),
        "is_fresh": not run.facts or (run.is_rebuild and headwater._scd2_may_rebuild(run)),
    }) -%}
    {#- A history that marks deletions goes on marking them. -#}
    {%- set stored = (run.facts.columns or []) | map(attribute="name") | list -%}
    {%- if not run.is_fresh and options.names.dbt_is_deleted in stored -%}
        {%- do run.update({"has_marks": true}) -%}
    {%- endif -%}
    {%- for meta in [
        "dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to", "dbt_is_deleted"
    ] if meta != "dbt_is_deleted" or run.has_marks -%}
        {%- do run.own.append(options.names[meta]) -%}
    {%- endfor -%}
    {%- do headwater._scd2_check_names("scd2", "sql", names, options.names.values() | list) -%}
    {%- for option in ["unique_key", "sequence_by", "exclude_cols", "type1_cols", "dedup_order_by"] -%}
        {%- do headwater._check_columns_exist("scd2", option, options[option], names) -%}
    {%- endfor -%}
    {%- for option in ["updated_at", "deleted_column"] if options[option] is not none -%}
        {%- do headwater._check_columns_exist("scd2", option, [options[option]], names) -%}
    {%- endfor -%}
    {%- if options.check_cols != "all" -%}
        {%- do headwater._check_columns_exist("scd2", "check_cols", options.check_cols, names) -%}
    {%- endif -%}
    {%- do headwater._scd2_check_types(run) -%}
    {%- do headwater._scd2_choose_columns(run) -%}
    {%- set meta_types = {"dbt_scd_id": dbt.type_string()} -%}
    {%- for meta in ["dbt_updated_at", "dbt_valid_from", "dbt_valid_to"] -%}
        {%- do meta_types.update({meta: run.time_type}) -%}
    {%- endfor -%}
    {%- if run.has_marks -%}
        {%- do meta_types.update({"dbt_is_deleted": "boolean"}) -%}
    {%- endif -%}
    {%- do run.update({"meta_types": meta_types}) -%}
    {%- set contract = config.get("contract") -%}
    {%- if contract and contract.enforced -%}
        {%- do get_assert_columns_equivalent(headwater._scd2_table_shape(run)) -%}
    {%- endif -%}
{% endmacro %}
