{#- A log as (key, op, ts, seq, payload, reason): read, named, checked, and moved keys split in two. -#}
{% macro _cdc_select(source, key, change, op_values) -%}
    {%- set key_json = "case when after_row is not null then " ~ headwater.json_pick("after_row", key)
        ~ " else coalesce(" ~ headwater.json_pick("before_row", key) ~ ", "
        ~ headwater.json_pick("key_row", key) ~ ") end" -%}
    {%- set old_json = headwater.json_pick("before_row", key) -%}
    {%- set op = headwater._cdc_operation(change, op_values) -%}
    with
        headwater_messages as materialized(
            select headwater_rows.*, {{ change.value }} as headwater_value
            from {{ source }}
            {%- if change.skip %} where not ({{ change.skip }}) {%- endif %}
        ),

        -- Once per row: what follows reads each of these several times.
        headwater_texts as materialized(
            select
                {{ change.op or "cast(null as " ~ dbt.type_string() ~ ")" }} as op_text,
                {{ change.ts }} as ts_text,
                {{ change.seq }} as seq_text,
                {{ change.is_deleted or "false" }} as is_deleted,
                {{ change.after }} as after_row,
                {{ change.before or headwater.null_json() }} as before_row,
                {{ change.message_key or headwater.null_json() }} as key_row,
                {{ headwater.json_of_values({"value": change.given})
                if change.given else headwater.null_json() }} as given_row,
                {% if change.given %} {{ change.given }} is not null and headwater_value is null
                {% else %} false
                {% endif %} as is_broken
            from headwater_messages as headwater_rows
        ),

        headwater_read as materialized(
            select
                {{ op }} as op,
                {{ headwater.event_time("ts_text") }} as ts,
                {{ headwater.log_position("seq_text") }} as seq,
                {{ key_json }} as row_key,
                after_row,
                before_row,
                given_row,
                is_broken
            from headwater_texts
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
