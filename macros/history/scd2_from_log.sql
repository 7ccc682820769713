{% macro scd2_from_log(
    relation, key, updated_at,
    sequence_by=[], check_cols="all", exclude_cols=[], type1_cols=[], deleted_column=none,
    deletes="close", valid_to_current=none, column_names={}, columns=none, scd_id=true
) %}
    {%- do headwater._check_choice("scd2_from_log", "deletes", deletes, ["close", "ignore", "tombstone"]) -%}
    {%- set run = headwater._scd2_log_run("scd2_from_log", relation, key, {
        "updated_at": updated_at, "time_argument": "updated_at", "sequence_by": sequence_by,
        "check_cols": check_cols, "exclude_cols": exclude_cols, "type1_cols": type1_cols,
        "deleted_column": deleted_column, "deletes": deletes, "open_end": valid_to_current,
        "column_names": column_names, "columns": columns, "scd_id": scd_id,
    }) -%}
    {%- set source = headwater._row_source(relation) -%}
    {%- set time = headwater.quote_identifier(updated_at) -%}
    {{- headwater._scd2_versions(run, headwater._scd2_events(
        run, "(select * from " ~ source ~ " where " ~ time ~ " is not null)"
    )) -}}
{% endmacro %}
