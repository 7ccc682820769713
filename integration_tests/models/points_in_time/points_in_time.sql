-- One row per way to join at a point in time, and fact.
{% set calls = {
    "plain": {},
    "first": {"missing": "first"},
    "unknown": {"missing": "unknown", "unknown": {"tier": "'nobody'"}},
    "drop": {"missing": "drop"},
    "never": {"null_keys": "never"},
    "deleted kept": {"deleted": "keep"},
    "range": {"method": "range"},
    "sweep": {"method": "sweep"},
} %}
with
    joined as (
        {% for name, options in calls.items() %}
            select '{{ name }}' as case_name, fact, tier
            from
                (
                    {{ headwater.pit_join(
                        ref("pit_facts"), ref("pit_versions"), {"buyer_id": "customer_id"},
                        "happened_at", columns=["tier"], **options
                    ) }}
                ) as answer
            union all
        {% endfor %}
        select 'a select' as case_name, fact, tier
        from
            (
                {{ headwater.pit_join(
                    "select * from " ~ ref("pit_facts"), ref("pit_versions"),
                    {"buyer_id": "customer_id"}, "happened_at", columns=["tier"]
                ) }}
            ) as answer
    )

select *
from joined
