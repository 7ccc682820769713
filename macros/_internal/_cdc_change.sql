{#-
    The parts of a change as SQL, by the log's format: op, ts, seq (texts), after, before,
    message_key (JSON, or none), is_deleted (boolean, or none), skip (rows to leave out, or none).
-#}
{% macro _cdc_change(format, fields, key, exclude) %}
    {%- set known_fields = [
        "op", "ts", "seq", "value", "message_key", "deleted", "payload", "old_key"
    ] -%}
    {%- if fields is not mapping -%}
        {{ headwater._raise_argument(
            "cdc_normalize", "fields", "a mapping, such as {'op': 'op', 'ts': 'changed_at'}",
            headwater._describe(fields)
        ) }}
    {%- endif -%}
    {%- for name in fields -%}
        {%- do headwater._check_choice("cdc_normalize", "fields", name, known_fields) -%}
    {%- endfor -%}
    {%- set version = headwater.server_version() | int -%}
    {%- if format == "debezium" -%}
        {{ return(headwater._cdc_envelope(fields, version)) }}
    {%- endif -%}
    {%- set usual = {
        "debezium_flattened": {
            "op": "__op", "deleted": "__deleted", "seq": "__source_lsn", "ts": "__source_ts_ms"
        },
        "airbyte": {
            "seq": "_ab_cdc_lsn", "ts": "_ab_cdc_updated_at", "deleted": "_ab_cdc_deleted_at"
        },
        "fivetran": {
            "seq": "_fivetran_synced", "ts": "_fivetran_synced", "deleted": "_fivetran_deleted"
        },
        "stitch": {
            "seq": "_sdc_sequence", "ts": "_sdc_extracted_at", "deleted": "_sdc_deleted_at"
        },
        "dlt": {"seq": "_dlt_load_id", "ts": "_dlt_load_id"},
        "generic": {},
    }[format] -%}
    {%- set names = {} -%}
    {%- do names.update(usual) -%} {%- do names.update(fields) -%}
    {%- for name in ["op", "ts", "seq"] if format == "generic" and name not in names -%}
        {{ headwater._raise_argument(
            "cdc_normalize", "fields", "the column of '" ~ name ~ "', which a generic log must have",
            "no '" ~ name ~ "'", "write fields={'" ~ name ~ "': '…'}"
        ) }}
    {%- endfor -%}
    {#- Airbyte's raw tables have all but the record's number and time in one column. -#}
    {%- set within = [] -%}
    {%- for part in usual if format == "airbyte" and names.get("payload") and part not in fields -%}
        {%- do within.append(part) -%}
    {%- endfor -%}
    {{ return(headwater._cdc_flat_change(format, names, exclude, version, within)) }}
{% endmacro %}
