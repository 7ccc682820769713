{{ config(enabled=project_name == 'headwater') }}
-- depends_on: {{ ref('raw_orders') }}
with
    orders as (select * from {{ source('shop', 'raw_orders') }}),

    cleaned as (
        select
            order_id,
            customer_id,
            ordered_at,
            cast(ordered_at as date) as ordered_on,
            status as order_status,
            lower(trim(channel)) as sales_channel,
            currency,
            cast(coalesce(discount_percent, 0) as numeric(5, 2)) as discount_percent,
            {{ headwater.mask_text('note') }} as delivery_note,
            customer_id is null as is_guest,
            loaded_at
        from orders
    )

select *
from cleaned
