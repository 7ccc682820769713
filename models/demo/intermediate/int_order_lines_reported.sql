{{ config(enabled=project_name == 'headwater') }}

with
    order_lines as (select * from {{ ref('stg_order_lines') }}),

    orders as (select * from {{ ref('stg_orders') }}),

    rate_ranges as (select * from {{ ref('int_exchange_rate_ranges') }}),

    products as (select product_id, unit_cost from {{ ref('stg_products') }}),

    converted as (
        select
            order_lines.order_id,
            order_lines.line_number,
            order_lines.product_id,
            orders.ordered_on,
            order_lines.quantity,
            cast(order_lines.line_amount * rate_ranges.rate as numeric(12, 2)) as gross_amount,
            cast(
                order_lines.line_amount
                * rate_ranges.rate
                * orders.discount_percent
                / 100 as numeric(12, 2)
            ) as discount_amount,
            cast(order_lines.quantity * products.unit_cost as numeric(12, 2)) as cost_amount,
            orders.order_status in ('cancelled', 'returned') as is_void
        from order_lines
        inner join orders on order_lines.order_id = orders.order_id
        left join
            rate_ranges
            on orders.currency = rate_ranges.from_currency
            and orders.ordered_on >= rate_ranges.valid_from_on
            and orders.ordered_on < rate_ranges.valid_to_on
        left join products on order_lines.product_id = products.product_id
    ),

    reported as (
        select *, cast(gross_amount - discount_amount as numeric(12, 2)) as net_amount
        from converted
    )

select *
from reported
