{#- The parts of a change in a log with one column per column; those of `within` are members of the payload. -#}
{% macro _cdc_flat_change(format, names, exclude, version, within=[]) %}
    {%- set texts = {} -%}
    {%- for part in ["op", "ts", "seq", "deleted"] if names.get(part) -%}
        {%- if part in within -%}
            {%- do texts.update({part: headwater.json_text("headwater_value", [names[part]])}) -%}
        {%- else -%}
            {%- do texts.update({part: headwater.value_as_text(
                headwater.column_reference(names[part], "headwater_rows")
            )}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set deleted = none -%}
    {%- if texts.deleted -%}
        {%- set deleted = "lower(coalesce(" ~ texts.deleted
            ~ ", 'false')) not in ('false', 'f', '0', 'n', 'no', '')" -%}
    {%- endif -%}
    {%- set old = {} -%}
    {%- for name, holder in names.get("old_key", {}).items() -%}
        {%- do old.update({name: headwater.column_reference(holder, "headwater_rows")}) -%}
    {%- endfor -%}
    {%- set meta = headwater._cdc_meta_columns(names) + exclude -%}
    {%- if names.get("payload") -%}
        {%- set given = headwater.json_value(
            headwater.column_reference(names.payload, "headwater_rows")
        ) -%}
        {%- set message = headwater.parsed_json("headwater_json", version) -%}
    {%- else -%}
        {%- set given = headwater.json_of_row("headwater_rows", meta) -%}
        {%- set message = "headwater_json" -%}
    {%- endif -%}
    {{ return({
        "version": version, "given_json": given, "message": message, "value": "headwater_message",
        "given": none, "skip": none, "op": texts.get("op"), "ts": texts.ts,
        "ts_is_time": headwater.is_time(headwater.column_reference(names.ts, "headwater_rows"))
            if names.get("ts") and "ts" not in within,
        "seq": texts.seq, "after": headwater.json_of_row("headwater_value", meta) if within else "headwater_value",
        "before": headwater.json_of_values(old) if old else none,
        "message_key": "case when headwater_value is null then "
        ~ headwater.json_of_row("headwater_rows", meta) ~ " end" if names.get("payload") else none,
        "is_deleted": deleted,
        "placeholder": "__debezium_unavailable_value" if format == "debezium_flattened" else none,
    }) }}
{% endmacro %}
