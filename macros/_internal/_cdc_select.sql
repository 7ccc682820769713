{#-
    A log as (key, op, ts, seq, payload, reason): read, named, checked, and moved keys split in two.
    What follows reads each part several times, so each step is worked out once per row.
-#}
{% macro _cdc_select(source, key, format, fields, op_values, exclude, encodings={}) -%}
    {%- set change = headwater._cdc_change(format, fields, key, exclude) -%}
    {%- for part in ["after", "before", "message_key"] if encodings and change[part] -%}
        {%- do change.update({part: headwater.decoded_json("(" ~ change[part] ~ ")", encodings)}) -%}
    {%- endfor -%}
    {%- set key_json = "case when after_row is not null then " ~ headwater.json_pick("after_row", key)
        ~ " else coalesce(" ~ headwater.json_pick("before_row", key) ~ ", "
        ~ headwater.json_pick("key_row", key) ~ ") end" -%}
    {%- set old_json = headwater.json_pick("before_row", key) -%}
    {%- set op = headwater._cdc_operation(change, op_values) -%}
    {%- set once = headwater.evaluated_once() -%}
    with
        headwater_given as (
            select headwater_rows.*, {{ change.given_json }} as headwater_json
            from {{ source }}
            {%- if change.skip %} where not ({{ change.skip }}) {%- endif %} {{ once }}
        ),

        headwater_messages as (
            select headwater_rows.*, {{ change.message }} as headwater_message
            from headwater_given as headwater_rows {{ once }}
        ),

        headwater_bodies as (
            select headwater_rows.*, {{ change.value }} as headwater_value
            from headwater_messages as headwater_rows {{ once }}
        ),

        headwater_texts as (
            select
                {{ change.op or "cast(null as " ~ dbt.type_string() ~ ")" }} as op_text,
                {{ change.ts }} as ts_text,
                {{ change.ts_is_time or "false" }} as ts_is_time,
                {{ change.seq }} as seq_text,
                {{ change.is_deleted or "false" }} as is_deleted,
                {{ change.after }} as after_row,
                {{ change.before or headwater.null_json() }} as before_row,
                {{ change.message_key or headwater.null_json() }} as key_row,
                {% if change.given %}
                    case
                        when {{ change.given }} is not null and headwater_value is null
                        then {{ headwater.json_of_values({"value": change.given}) }}
                    end as given_row
                {% else %} {{ headwater.null_json() }} as given_row
                {% endif %}
            from headwater_bodies as headwater_rows {{ once }}
        ),

        headwater_read as (
            select
                {{ op }} as op,
                {{ headwater.event_time("ts_text", change.version, "ts_is_time") }} as ts,
                {{ headwater.log_position("seq_text", change.version) }} as seq,
                {{ key_json }} as row_key,
                after_row,
                before_row,
                given_row,
                given_row is not null as is_broken
            from headwater_texts {{ once }}
        ),

        headwater_keyed as (
            select
                case when coalesce(op, '') <> 'truncate' then row_key end as key,
                {{ old_json }} as old_key,
                op,
                ts,
                seq,
                case
                    when is_broken
                    then given_row
                    when op not in ('delete', 'truncate')
                    then
                        {{ headwater.json_without_value("after_row", change.placeholder)
                    if change.placeholder else "after_row" }}
                end as payload,
                case
                    when is_broken
                    then 'not JSON'
                    when op is null
                    then 'unknown operation'
                    when op <> 'truncate' and row_key is null
                    then 'no key'
                    when seq is null
                    then 'no position'
                    when ts is null
                    then 'no time'
                    when op not in ('delete', 'truncate') and after_row is null
                    then 'no row'
                end as reason
            from headwater_read
        )

    select key, op, ts, seq, payload, reason
    from headwater_keyed
    {%- if change.before %}
        union all
        select old_key, 'delete', ts, seq, null, null
        from headwater_keyed
        where op = 'update' and reason is null and old_key is not null and old_key <> key
    {%- endif %}
{%- endmacro %}
