{{ config(enabled=project_name == 'headwater', materialized='ephemeral') }}

with
    published_rates as (
        select
            from_currency,
            rate,
            rate_on as valid_from_on,
            lead(rate_on) over (partition by from_currency order by rate_on) as next_rate_on
        from {{ ref('stg_exchange_rates') }}
        where to_currency = '{{ var("demo_reporting_currency") }}'
    ),

    identity_rate as (
        select
            '{{ var("demo_reporting_currency") }}' as from_currency,
            cast(1 as numeric(18, 6)) as rate,
            cast('1900-01-01' as date) as valid_from_on,
            cast('9999-12-31' as date) as valid_to_on
    ),

    rate_ranges as (
        select
            from_currency,
            rate,
            valid_from_on,
            coalesce(next_rate_on, cast('9999-12-31' as date)) as valid_to_on
        from published_rates
        union all
        select from_currency, rate, valid_from_on, valid_to_on
        from identity_rate
    )

select *
from rate_ranges
