{#-
    A strategy of dbt's snapshots, after what could spoil the table has been refused. dbt writes its own
    statements from the mapping that comes back; nothing of them is replaced.
-#}
{% macro _safe_snapshot(macro, node, stored_alias, given_alias, target_exists) %}
    {%- set reading = headwater._snapshot_reading(
        macro, node["compiled_code"], headwater._safe_options(macro)
    ) -%}
    {%- do headwater._check_snapshot_guard(reading) -%}
    {%- do headwater._check_snapshot_rows(reading) -%}
    {%- set moment, row_changed = reading.moment, "false" -%}
    {%- if target_exists -%}
        {%- set stored = headwater._known_columns(this) -%}
        {%- do headwater._check_snapshot_table(reading, stored) -%}
        {%- do headwater._check_snapshot_deletes(reading) -%}
        {%- do headwater._fit_snapshot_types(reading, stored) -%}
        {%- set compared = headwater._snapshot_compared(reading, stored) -%}
        {%- set added = headwater._fill_new_columns(reading, stored) -%}
        {%- set late = headwater._late_changes(reading, headwater._snapshot_changed(
            reading, compared, stored, "stored", "given", added
        )) -%}
        {%- if late is not none and reading.options.on_late == "version" -%}
            {%- set moment = (
                "coalesce((select late.hw_at from " ~ late ~ " as late where late.hw_key = "
                ~ reading.key ~ "), " ~ moment ~ ")"
            ) -%}
        {%- endif -%}
        {%- set changed = headwater._snapshot_changed(
            reading, compared, stored, stored_alias, given_alias, added
        ) -%}
        {%- if macro == "safe_timestamp" -%}
            {%- set changed = (
                changed ~ " or " ~ given_alias ~ "." ~ reading.updated.value ~ " is not null"
            ) -%}
        {%- endif -%}
        {%- set begin = reading.names.dbt_valid_from -%}
        {%- set row_changed = (
            "(coalesce(" ~ stored_alias ~ "." ~ begin ~ " < " ~ given_alias ~ "." ~ begin
            ~ ", true) and (" ~ changed ~ "))"
        ) -%}
    {%- endif -%}
    {%- set text = "cast(" ~ moment ~ " as " ~ dbt.type_string() ~ ")" -%}
    {{ return({
        "unique_key": reading.key, "updated_at": moment, "row_changed": row_changed,
        "scd_id": headwater.sha256_hex(headwater._framed_texts(reading.parts) ~ " || " ~ text),
        "hard_deletes": reading.deletes,
        "invalidate_hard_deletes": reading.deletes == "invalidate",
        "headwater": {"parts": reading.parts, "moment": reading.moment,
            "columns": reading.known | map(attribute="name") | list},
    }) }}
{% endmacro %}
