{{ config(enabled=project_name == 'headwater') }}

with
    -- The tier that the customer had when they ordered, and not the one that they have today.
    orders as (
        {{ headwater.pit_join(
            ref('stg_orders'), ref('dim_customer_versions'), ['customer_id'], 'ordered_at',
            columns=['loyalty_tier', 'country_code'], missing='unknown',
            unknown={'loyalty_tier': "'none'"}
        ) }}
    ),

    totals as (select * from {{ ref('int_order_totals') }}),

    joined as (
        select
            {{ headwater.surrogate_key(['order_id'], alias='orders') }} as order_key,
            {{ headwater.surrogate_key(['customer_id'], alias='orders') }} as customer_key,
            orders.ordered_at,
            orders.loyalty_tier,
            orders.country_code,
            totals.net_amount
        from orders
        inner join totals on orders.order_id = totals.order_id
    )

select *
from joined
