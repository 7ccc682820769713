{#- The parts of a change in a Debezium envelope. -#}
{% macro _cdc_envelope(fields, version) %}
    {%- set column = headwater.column_reference(fields.get("value", "value"), "headwater_rows") -%}
    {%- set value = "coalesce(" ~ headwater.json_field("headwater_message", "payload")
        ~ ", headwater_message)" -%}
    {#- MySQL counts positions anew in each file, and rows within one position. -#}
    {%- set file = headwater.json_text("headwater_value", ["source", "file"]) -%}
    {%- set binlog = "case when " ~ file ~ " <> '' then regexp_replace(" ~ file ~ ", '^.*[^0-9]', '') || lpad("
        ~ headwater.json_text("headwater_value", ["source", "pos"]) ~ ", 12, '0') || lpad(coalesce("
        ~ headwater.json_text("headwater_value", ["source", "row"]) ~ ", '0'), 6, '0') end" -%}
    {%- set positions = [binlog] -%}
    {%- for path in [
        ["source", "lsn"], ["source", "change_lsn"], ["source", "scn"], ["source", "commit_scn"], ["source", "pos"], ["ts_ms"]
    ] -%}
        {%- do positions.append(headwater.json_text("headwater_value", path)) -%}
    {%- endfor -%}
    {%- if fields.get("seq") -%}
        {%- set seq = headwater.value_as_text(headwater.quote_identifier(fields.seq)) -%}
    {%- else -%} {%- set seq = "coalesce(" ~ positions | join(", ") ~ ")" -%}
    {%- endif -%}
    {%- set key_column = headwater.quote_identifier(fields.message_key)
        if fields.get("message_key") else none -%}
    {%- set key_json = headwater.parsed_json(headwater.json_value(key_column), version) if key_column else none -%}
    {{ return({
        "version": version, "given_json": headwater.json_value(column),
        "message": headwater.parsed_json("headwater_json", version),
        "value": value, "given": column, "skip": column ~ " is null",
        "op": headwater.json_text("headwater_value", ["op"]),
        "ts": "coalesce(" ~ headwater.json_text("headwater_value", ["source", "ts_ms"]) ~ ", "
            ~ headwater.json_text("headwater_value", ["ts_ms"]) ~ ")",
        "seq": seq,
        "after": headwater.json_object_or_null(headwater.json_field("headwater_value", "after")),
        "before": headwater.json_object_or_null(headwater.json_field("headwater_value", "before")),
        "message_key": "coalesce(" ~ headwater.json_field(key_json, "payload") ~ ", " ~ key_json ~ ")"
            if key_json else none,
        "is_deleted": none, "placeholder": "__debezium_unavailable_value",
    }) }}
{% endmacro %}
