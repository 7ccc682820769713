-- Messages as Debezium writes them when nobody tells it otherwise: decimals as bytes, times as
-- numbers.
{% set messages = [
    '{"schema": {"type": "struct"}, "payload": {"op": "c", "before": null, "after": {"id": "AQ==", "price": "B88=", "weight": {"scale": 3, "value": "+iQ="}, "day": 20454, "paid_at": 1767225600123456, "seen_at": 1767225600123, "logged_at": 1767225600123456789, "at_time": 86399999999, "doc": "AP8=", "note": "plain"}, "source": {"lsn": 10, "ts_ms": 1767225600000}}}',
    '{"op": "u", "before": null, "after": {"id": "AQ==", "price": "+w==", "weight": null, "day": -1, "paid_at": 9223372036825200000, "seen_at": -1, "logged_at": 0, "at_time": 0, "doc": "X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==", "note": ["__debezium_unavailable_value"]}, "source": {"lsn": 11, "ts_ms": 1767225601000}}',
    '{"op": "u", "before": {"id": "AQ=="}, "after": {"id": "ASw=", "price": "B4XuENXaRtkA9DagAAAAAA==", "weight": {"scale": 0, "value": "Bw=="}, "day": "soon", "paid_at": null, "seen_at": null, "at_time": 90000000000, "doc": "!"}, "source": {"lsn": 12, "ts_ms": 1767225602000}}',
    '{"op": "d", "before": {"id": "ASw="}, "after": null, "source": {"lsn": 13, "ts_ms": 1767225603000}}',
] %}
{% set log %}
    select *
    from (values
    {% for message in messages %}
        ({{ dbt.string_literal(message) }}){{ "," if not loop.last }}
    {% endfor %}) as message (value)
{% endset %}
{% set encodings = {
    "id": "decimal(0)",
    "price": "decimal(2)",
    "weight": "variable_decimal",
    "day": "date",
    "paid_at": "micro_timestamp",
    "seen_at": "timestamp",
    "logged_at": "nano_timestamp",
    "at_time": "micro_time",
    "doc": "bytes",
} %}
with
    changes as (
        {{ headwater.cdc_normalize(log | trim, ["id"], format="debezium", encodings=encodings) }}
    )

select
    op,
    cast(cast(seq as integer) as varchar(100)) as log_position,
    cast(key ->> 'id' as varchar(100)) as change_key,
    {% for name in encodings if name not in ["id", "doc"] %}
        cast(payload ->> '{{ name }}' as varchar(100)) as {{ name }},
    {% endfor %}
    replace(lower(cast(payload ->> 'doc' as varchar(100))), '\x', '') as doc,
    cast(payload ->> 'note' as varchar(100)) as note
from changes
