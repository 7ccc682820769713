{{ config(enabled=project_name == 'headwater') }}

with
    payments as (select * from {{ ref('stg_payments') }}),

    rate_ranges as (select * from {{ ref('int_exchange_rate_ranges') }}),

    reported as (
        select
            payments.payment_id,
            payments.order_id,
            payments.payment_kind,
            payments.payment_method,
            payments.currency,
            payments.amount as original_amount,
            cast(payments.amount * rate_ranges.rate as numeric(12, 2)) as reported_amount,
            payments.is_settled,
            payments.paid_at,
            payments.paid_on,
            payments.loaded_at
        from payments
        left join
            rate_ranges
            on payments.currency = rate_ranges.from_currency
            and payments.paid_on >= rate_ranges.valid_from_on
            and payments.paid_on < rate_ranges.valid_to_on
    )

select *
from reported
