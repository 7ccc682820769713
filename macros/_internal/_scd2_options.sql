{#- The options of `scd2`, checked as far as they can be without the query's columns. -#}
{% macro _scd2_options() %}
    {%- set choices = {
        "on_null_key": ["match", "error", "quarantine"],
        "on_duplicate_key": ["error", "dedup"],
        "on_null_time": ["error", "quarantine"],
        "on_future_time": ["error", "accept", "quarantine"],
        "deletes": ["ignore", "close", "tombstone", "from_missing"],
        "missing_as": ["close", "tombstone"],
        "late": ["rebuild", "reject", "quarantine"],
        "on_new_column": ["backfill_null", "ignore", "new_version"],
        "on_lost_column": ["error", "fill_null"],
        "on_empty_batch": ["keep", "delete", "error"],
        "on_full_refresh": ["rebuild", "keep", "error"],
        "lock": ["wait", "fail", "none"],
        "exclusion_constraint": [false, true],
        "unique_current": [false, true],
    } -%}
    {%- set lists = [
        "unique_key", "sequence_by", "exclude_cols", "type1_cols", "dedup_order_by",
    ] -%}
    {%- set names = [
        "updated_at", "deleted_column", "valid_to_current", "dbt_valid_to_current",
        "snapshot_meta_column_names", "check_cols", "max_delete_ratio", "quarantine_table",
    ] -%}
    {%- do headwater._check_option_names("scd2", choices.keys() | list + lists + names) -%}
    {%- set options = {} -%}
    {%- for name in ["updated_at", "deleted_column", "quarantine_table"] -%}
        {%- set value = headwater._option(name) -%}
        {%- if value is not none -%}
            {%- do headwater._check_name("scd2", name, value) -%}
        {%- endif -%}
        {%- do options.update({name: value}) -%}
    {%- endfor -%}
    {%- set is_clocked = options.updated_at is none -%}
    {%- set deletes = "ignore" if options.deleted_column is none else "close" -%}
    {%- set is_lasting = not is_clocked and headwater._option("deletes", deletes) != "from_missing" -%}
    {%- set defaults = {"deletes": deletes, "on_full_refresh": "rebuild" if is_lasting else "keep"} -%}
    {%- for name, allowed in choices.items() -%}
        {%- set value = headwater._option(name, defaults.get(name, allowed[0])) -%}
        {%- if name == "lock" and value is boolean -%}
            {%- set value = "wait" if value else "none" -%}
        {%- endif -%}
        {%- if true in allowed -%}
            {%- do headwater._check_flag("scd2", name, value) -%}
        {%- else -%}
            {%- do headwater._check_choice("scd2", name, value, allowed) -%}
        {%- endif -%}
        {%- do options.update({name: value}) -%}
    {%- endfor -%}
    {%- for name in lists -%}
        {%- do options.update({name: headwater._option_list("scd2", name)}) -%}
    {%- endfor -%}
    {%- set end = "dbt_valid_to_current" if headwater._option("valid_to_current") is none else "valid_to_current" -%}
    {%- set checked = headwater._option("check_cols", "all") -%}
    {%- do options.update({
        "check_cols": "all" if checked == "all" else headwater._option_list("scd2", "check_cols"),
        "max_delete_ratio": headwater._ratio_option("scd2", "max_delete_ratio"),
        "open_end": headwater._scd2_given_end("scd2", end, headwater._option(end)),
        "names": headwater._history_names(
            "scd2", headwater._option("snapshot_meta_column_names"), "snapshot_meta_column_names"
        ),
        "is_clocked": is_clocked,
    }) -%}
    {%- do headwater._scd2_check_options(options) -%}
    {{ return(options) }}
{% endmacro %}
