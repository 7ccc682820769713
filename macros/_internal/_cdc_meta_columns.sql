{#- The columns that tools add to a row, and those that the call names. -#}
{% macro _cdc_meta_columns(names) %}
    {%- set meta = [
        "__op", "__deleted", "__lsn", "__table", "__db", "__schema", "__ts_ms", "__source_lsn",
        "__source_ts_ms", "__source_table", "__source_db", "__source_schema", "__source_txId", "__source_file",
        "__source_pos", "__source_row", "__source_gtid", "__source_scn", "__source_commit_scn", "__source_change_lsn",
        "__source_commit_lsn", "__source_event_serial_no", "__source_name", "__source_connector", "__source_snapshot",
        "__source_version", "__source_sequence", "__source_ts_us", "__source_ts_ns", "__ts_us", "__ts_ns",
        "_ab_cdc_lsn", "_ab_cdc_updated_at", "_ab_cdc_deleted_at", "_ab_cdc_cursor",
        "_ab_cdc_log_file", "_ab_cdc_log_pos", "_ab_cdc_event_serial_no", "_airbyte_raw_id",
        "_airbyte_extracted_at", "_airbyte_meta", "_airbyte_generation_id", "_airbyte_ab_id",
        "_airbyte_emitted_at", "_airbyte_normalized_at", "_fivetran_deleted", "_fivetran_synced",
        "_fivetran_id", "_fivetran_start", "_fivetran_end", "_fivetran_active", "_airbyte_loaded_at", "_sdc_sequence", "_sdc_extracted_at", "_sdc_received_at",
        "_sdc_batched_at", "_sdc_deleted_at", "_sdc_table_version", "_dlt_load_id", "_dlt_id",
        "_dlt_parent_id", "_dlt_root_id", "_dlt_list_idx",
    ] -%}
    {%- for part, name in names.items() -%}
        {%- if name is mapping -%} {%- do meta.extend(name.values()) -%}
        {%- elif name and name not in meta -%} {%- do meta.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(meta) }}
{% endmacro %}
