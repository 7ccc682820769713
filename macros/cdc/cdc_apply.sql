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
    {%- set own = ["_cdc_seq", "_cdc_ts", "_cdc_older"] -%}
    {%- if options.deletes == "soft" -%} {%- do own.append("_cdc_deleted_at") -%} {%- endif -%}
    {%- set run = headwater._open_run("cdc_apply", options, own) -%}
    {%- do headwater.apply_changes(run, sql) -%}
    {{ return(headwater._close_run(run)) }}
{% endmaterialization %}
