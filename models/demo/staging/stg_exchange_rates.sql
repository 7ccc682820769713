{{ config(enabled=project_name == 'headwater') }}
-- depends_on: {{ ref('raw_exchange_rates') }}
with
    exchange_rates as (select * from {{ source('shop', 'raw_exchange_rates') }}),

    typed as (
        select rate_on, from_currency, to_currency, cast(rate as numeric(18, 6)) as rate, loaded_at
        from exchange_rates
    )

select *
from typed
