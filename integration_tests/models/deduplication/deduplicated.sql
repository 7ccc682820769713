-- One row per way to call dedup() and row that it keeps.
{% set key = ["customer_id", "order"] %}
{% set calls = {
    "last": {"order_by": ["loaded_at"]},
    "first": {"order_by": ["loaded_at"], "keep": "first"},
    "descending": {"order_by": ["loaded_at desc"], "keep": "first"},
    "nulls first": {"order_by": ["loaded_at"], "nulls": "first"},
    "tie-breaker": {"order_by": ["loaded_at"], "tie_breaker": ["delivery"]},
    "expression": {"order_by": [{"expression": "coalesce(amount, 0)", "direction": "desc"}]},
    "all ties": {"order_by": ["loaded_at"], "keep": "all_ties"},
    "keep null keys": {"order_by": ["loaded_at"], "null_keys": "keep_all"},
    "drop null keys": {"order_by": ["loaded_at"], "null_keys": "drop"},
    "numbered": {"order_by": ["loaded_at"], "method": "row_number"},
    "no ties to fear": {"order_by": ["loaded_at", "delivery"], "keep": "error"},
} %}
with
    kept as (
        {% for name, options in calls.items() %}
            select '{{ name }}' as case_name, delivery
            from ({{ headwater.dedup(ref("deliveries"), key, **options) }}) as answer
            union all
        {% endfor %}
        select 'a select' as case_name, delivery
        from
            (
                {{ headwater.dedup(
                    "select * from " ~ ref("deliveries"), key, ["loaded_at"], tie_breaker=["delivery"]
                ) }}
            ) as answer
    )

-- Deliveries 4 and 5 tie but for their number. Which of the two stays is always the same on one
-- engine, and not on every engine, unless a tie-breaker says so.
select
    case_name,
    case
        when
            delivery = 5
            and case_name not in ('tie-breaker', 'all ties', 'no ties to fear', 'a select')
        then 4
        else delivery
    end as delivery
from kept
