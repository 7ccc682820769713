{% materialization cdc_apply, default %}
    {%- set options = headwater._incremental_options("cdc_apply", ["deletes", "column_types"]) -%}
    {#- dbt itself says 'ignore' where nobody says anything. -#}
    {%- set given = (config.get("meta") or {}).get("headwater") or {} -%}
    {%- do options.update({
        "deletes": headwater._option("deletes", "hard"),
        "column_types": headwater._cdc_column_types(),
        "on_schema_change": options.on_schema_change
        if options.on_schema_change != "ignore" or "on_schema_change" in given
        else "append_new_columns",
    }) -%}
    {%- do headwater._check_choice("cdc_apply", "deletes", options.deletes, ["hard", "soft"]) -%}
    {%- do headwater._check_choice("cdc_apply", "on_schema_change", options.on_schema_change, [
        "append_new_columns", "fail", "ignore"
    ]) -%}
    {%- for name in [
        "on_null_key", "on_duplicate_key", "dedup_order_by", "incremental_predicates", "never_update",
        "coalesce", "merge_update_columns", "merge_exclude_columns", "on_empty_batch", "max_delete_ratio",
    ] if headwater._option(name) -%}
        {{ headwater._raise_argument(
            "cdc_apply", name, "no such option, since the log alone says what becomes of a row",
            headwater._describe(headwater._option(name))
        ) }}
    {%- endfor -%}
    {%- set own = ["_cdc_seq", "_cdc_ts", "_cdc_older"] -%}
    {%- if options.deletes == "soft" -%} {%- do own.append("_cdc_deleted_at") -%} {%- endif -%}
    {%- set run = headwater._open_run("cdc_apply", options, own) -%}
    {%- do headwater.apply_changes(run, sql) -%}
    {{ return(headwater._close_run(run)) }}
{% endmaterialization %}
