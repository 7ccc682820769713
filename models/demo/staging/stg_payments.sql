{{ config(enabled=project_name == 'headwater') }}
-- depends_on: {{ ref('raw_payments') }}
with
    payments as (select * from {{ source('shop', 'raw_payments') }}),

    signed as (
        select
            payment_id,
            order_id,
            kind as payment_kind,
            coalesce(method, 'unknown') as payment_method,
            currency,
            cast(
                case when kind = 'refund' then - amount else amount end as numeric(12, 2)
            ) as amount,
            status = 'settled' as is_settled,
            paid_at,
            cast(paid_at as date) as paid_on,
            loaded_at
        from payments
    )

select *
from signed
