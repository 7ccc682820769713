-- One row per change of a small log in each format, in the one form they all get.
{% set text = "varchar(1000)" %}
{% set envelopes = [
    '{"payload": {"op": "c", "before": null, "after": {"id": 1, "doc": "big", "note": null}, "source": {"lsn": 10, "ts_ms": 1700000000000}}}',
    '{"op": "u", "before": null, "after": {"id": 1, "doc": "__debezium_unavailable_value"}, "source": {"lsn": 11, "ts_ms": 1700000001000}}',
    '{"op": "u", "before": {"id": 1}, "after": {"id": 2, "note": "moved"}, "source": {"lsn": 12, "ts_ms": 1700000002000}}',
    '{"op": "d", "before": {"id": 2}, "after": null, "source": {"lsn": 13, "ts_ms": 1700000003000}}',
    '{"op": "t", "source": {"lsn": 14, "ts_ms": 1700000004000}}',
    '{"op": "r", "after": {"id": 3}, "source": {"file": "binlog.000002", "pos": 7, "ts_ms": 1700000005000}}',
    '{"op": "x", "after": {"id": 3}, "source": {"lsn": 15, "ts_ms": 1700000000000}}',
    '{"op": "u", "after": {"id": null}, "source": {"lsn": 16, "ts_ms": 1700000000000}}',
    '{"op": "u", "after": {"id": 4}, "source": {"lsn": 17}, "ts_ms": "yesterday"}',
    '{"op": "u", "after": {"id": 4}, "source": {"lsn": "-", "ts_ms": 1700000000000}}',
    '{"op": "u", "after": null, "before": {"id": 4}, "source": {"lsn": 18, "ts_ms": 1700000000000}}',
] %}
{% set messages %}
    select *
    from (values
    {% for envelope in envelopes %}
        ({{ dbt.string_literal(envelope) }}){{ "," if not loop.last }}
    {% endfor %}) as message (value)
{% endset %}
{% set raw = '{"id": 1, "note": "a", "_ab_cdc_lsn": 7, "_ab_cdc_updated_at": "2026-01-01T00:00:00Z", "_ab_cdc_deleted_at": null}' %}
{% set flat = {
    "debezium_flattened": "1 as id, 'a' as note, 'u' as __op, 'false' as __deleted, 5 as __source_lsn, 1700000000123 as __source_ts_ms",
    "debezium_flattened (d)": "1 as id, 'a' as note, 'd' as __op, 'true' as __deleted, 6 as __source_lsn, 1700000000123 as __source_ts_ms",
    "airbyte": "1 as id, 'a' as note, '5' as _ab_cdc_lsn, '2026-01-01T01:00:00.5+01:00' as _ab_cdc_updated_at, cast(null as " ~ text ~ ") as _ab_cdc_deleted_at, 'x' as _airbyte_raw_id",
    "airbyte (d)": "1 as id, 'a' as note, '6' as _ab_cdc_lsn, '2026-02-29T00:00:00Z' as _ab_cdc_updated_at, '2026-02-28' as _ab_cdc_deleted_at, 'x' as _airbyte_raw_id",
    "airbyte (raw)": "'" ~ raw ~ "' as _airbyte_data, 'x' as _airbyte_raw_id",
    "airbyte (raw d)": "'" ~ raw | replace("null", '"2026-01-01"') ~ "' as _airbyte_data, 'x' as _airbyte_raw_id",
    "fivetran": "1 as id, 'a' as note, false as _fivetran_deleted, timestamp '2026-01-01 00:00:01' as _fivetran_synced",
    "fivetran (d)": "1 as id, 'a' as note, true as _fivetran_deleted, timestamp '2026-01-01 00:00:02.5' as _fivetran_synced",
    "fivetran (history)": "1 as id, 'a' as note, timestamp '2026-01-01 00:00:01' as _fivetran_start, true as _fivetran_active",
    "stitch": "1 as id, 'a' as note, 17 as _sdc_sequence, timestamp '2026-01-01 00:00:02' as _sdc_extracted_at, cast(null as timestamp) as _sdc_deleted_at",
    "dlt": "1 as id, 'a' as note, '1700000000.25' as _dlt_load_id, 'k' as _dlt_id",
    "generic (ns)": "1 as id, 'a' as note, 'I' as what, '1700000000123456789' as happened, 3 as place",
    "generic": "1 as id, 'a' as note, 'MODIFY' as what, '2026-01-01' as happened, '16/B374D848' as place, 2 as old_id",
} %}
{% set options = {
    "airbyte (raw)": {"fields": {"payload": "_airbyte_data"}},
    "airbyte (raw d)": {"fields": {"payload": "_airbyte_data"}},
    "fivetran (history)": {"fields": {"deleted": none, "ts": "_fivetran_start", "seq": "_fivetran_start"}},
    "generic (ns)": {"fields": {"op": "what", "ts": "happened", "seq": "place"}},
    "generic": {
        "fields": {"op": "what", "ts": "happened", "seq": "place", "old_key": {"id": "old_id"}},
        "op_values": {"update": ["MODIFY"]},
    }
} %}
with
    changes as (
        select 'debezium' as case_name, change.*
        from ({{ headwater.cdc_normalize(messages | trim, ["id"], format="debezium") }}) as change
        union all
        {% for name, columns in flat.items() %}
            select '{{ name }}' as case_name, change.*
            from
                (
                    {{ headwater.cdc_normalize(
                        "select " ~ columns, ["id"], format=name.split(" ")[0], **options.get(name, {})
                    ) }}
                ) as change
                {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    -- JSON is written with other blanks on each engine.
    readable as (
        select
            case_name,
            replace(cast(key as {{ text }}), ' ', '') as change_key,
            op,
            ts as happened_at,
            cast(seq as numeric(38, 3)) as log_position,
            replace(cast(payload ->> 'note' as {{ text }}), ' ', '') as note,
            case when cast(payload as {{ text }}) like '%"doc"%' then 'sent' end as document,
            reason
        from changes
    )

select *
from readable
