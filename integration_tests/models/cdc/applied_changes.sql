-- One row per customer, as a log of Debezium messages leaves them: moved, deleted, half sent and
-- broken ones.
{{ config(
    materialized="cdc_apply",
    unique_key=["id"],
    meta={"headwater": {"column_types": {
        "id": "bigint", "note": dbt.type_string(), "amount": "numeric(10, 2)",
    }}},
) }}
{% set messages = [
    '{"op": "c", "after": {"id": 1, "note": "a", "amount": 1.5}, "source": {"lsn": 10, "ts_ms": 1700000000000}}',
    '{"op": "u", "after": {"id": 1, "note": "__debezium_unavailable_value", "amount": 2.5}, "source": {"lsn": 11, "ts_ms": 1700000001000}}',
    '{"op": "c", "after": {"id": 2, "note": "b", "amount": 2}, "source": {"lsn": 12, "ts_ms": 1700000002000}}',
    '{"op": "u", "before": {"id": 2}, "after": {"id": 3, "note": "c", "amount": 3}, "source": {"lsn": 13, "ts_ms": 1700000003000}}',
    '{"op": "d", "before": {"id": 4}, "after": null, "source": {"lsn": 15, "ts_ms": 1700000005000}}',
    '{"op": "u", "after": {"id": 4, "note": "late", "amount": 4}, "source": {"lsn": 14, "ts_ms": 1700000004000}}',
    '{"op": "u", "after": {"id": 3, "note": "bad", "amount": "many"}, "source": {"lsn": 16, "ts_ms": 1700000006000}}',
    '{"op": "u", "after": {"id": 5, "note": null, "amount": null}, "source": {"lsn": 17, "ts_ms": 1700000007000}}',
    '{"op": "u",',
] %}
{% set log %}
    select *
    from (values
    {% for message in messages %}
        ({{ dbt.string_literal(message) }}){{ "," if not loop.last }}
    {% endfor %}) as message (value)
{% endset %}
{{ headwater.cdc_normalize(log | trim, ["id"], format="debezium") }}
