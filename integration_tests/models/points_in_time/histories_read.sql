-- One row per way to read a history, and row that comes back.
with
    rows_read as (
        select 'as of' as case_name, customer_id, tier as value
        from ({{ headwater.as_of(ref("pit_versions"), "2026-02-01") }}) as answer
        union all
        select 'as of, with an offset' as case_name, customer_id, tier as value
        from ({{ headwater.as_of(ref("pit_versions"), "2026-02-01 00:30+01:00") }}) as answer
        union all
        select 'current' as case_name, customer_id, tier as value
        from ({{ headwater.scd2_current(ref("pit_versions")) }}) as answer
        union all
        select 'current, far end' as case_name, customer_id, region as value
        from ({{ headwater.scd2_current(ref("pit_regions"), open_end="9999-12-31") }}) as answer
        union all
        select
            'diff' as case_name,
            customer_id,
            difference
            || ' '
            || coalesce(tier_before, '-')
            || ' '
            || coalesce(tier_after, '-') as value
        from
            (
                {{ headwater.scd2_diff(
                    ref("pit_versions"), ["customer_id"], "2026-01-05", "2026-02-05"
                ) }}
            ) as answer
        union all
        select
            'joined' as case_name,
            customer_id,
            substr(cast(dbt_valid_from as {{ dbt.type_string() }}), 6, 5)
            || ' '
            || coalesce(tier, '-')
            || ' '
            || coalesce(region, '-') as value
        from
            (
                {{ headwater.scd2_join(
                    [
                        {"relation": ref("pit_versions")},
                        {"relation": ref("pit_regions"), "open_end": "9999-12-31"},
                    ],
                    ["customer_id"]
                ) }}
            ) as answer
        union all
        select
            'two times' as case_name,
            customer_id,
            substr(cast(valid_from as {{ dbt.type_string() }}), 6, 5)
            || ' '
            || tariff
            || ' '
            || substr(cast(system_from as {{ dbt.type_string() }}), 6, 5) as value
        from
            (
                {{ headwater.bitemporal_merge(
                    ref("pit_events"), ["customer_id"], "begins_at", "ends_at", "recorded_at"
                ) }}
            ) as answer
        union all
        select 'as it was known' as case_name, customer_id, tariff as value
        from
            (
                {{ headwater.bitemporal_as_of(
                    headwater.bitemporal_merge(
                        ref("pit_events"), ["customer_id"], "begins_at", "ends_at", "recorded_at"
                    ),
                    "2026-03-15", "2026-03-01"
                ) }}
            ) as answer
    )

select *
from rows_read
