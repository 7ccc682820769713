{{
    config(
        enabled=project_name == 'headwater',
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='payment_id',
        on_schema_change='append_new_columns',
    )
}}

with
    payments as (
        select *
        from {{ ref('int_payments_reported') }}
        {% if is_incremental() %}
            -- Some payments arrive days late, so the newest days are read again and replaced by
            -- key.
            where
                loaded_at >= (
                    select {{ dbt.dateadd('day', -var('demo_lookback_days'), 'max(loaded_at)') }}
                    from {{ this }}
                )
        {% endif %}
    ),

    keyed as (
        select
            payment_id,
            {{ headwater.surrogate_key(['order_id']) }} as order_key,
            order_id,
            payment_kind,
            payment_method,
            currency,
            original_amount,
            reported_amount,
            is_settled,
            paid_at,
            paid_on,
            loaded_at
        from payments
    )

select *
from keyed
