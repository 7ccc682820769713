{{
    config(
        enabled=project_name == 'headwater',
        materialized='replace_window',
        event_time='paid_on',
        meta={'headwater': {'window': {'granularity': 'day'}}},
    )
}}

with
    payments as (
        select *
        from {{ ref('int_payments_reported') }}
        -- A payment may reach the warehouse days after it was made, so the last week is counted
        -- anew,
        -- whole days of it, and takes the place of what stood there.
        where is_settled and ({{ headwater.incremental_filter('paid_on', lookback='7 days') }})
    ),

    daily_totals as (
        select
            paid_on,
            payment_method,
            cast(count(*) as integer) as payment_count,
            cast(
                sum(case when payment_kind = 'payment' then reported_amount else 0 end) as numeric(
                    12, 2
                )
            ) as paid_amount,
            cast(
                sum(case when payment_kind = 'refund' then - reported_amount else 0 end) as numeric(
                    12, 2
                )
            ) as refunded_amount
        from payments
        group by paid_on, payment_method
    )

select *
from daily_totals
