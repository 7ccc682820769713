{{ config(enabled=project_name == 'headwater') }}

with
    orders as (select * from {{ ref('stg_orders') }}),

    totals as (select * from {{ ref('int_order_totals') }}),

    joined as (
        select
            {{ headwater.surrogate_key(['order_id'], alias='orders') }} as order_key,
            orders.order_id,
            {{ headwater.surrogate_key(['customer_id'], alias='orders') }} as customer_key,
            orders.ordered_at,
            orders.ordered_on,
            orders.order_status,
            orders.sales_channel,
            orders.is_guest,
            totals.line_count,
            totals.gross_amount,
            totals.discount_amount,
            totals.net_amount,
            totals.paid_amount,
            totals.refunded_amount,
            cast(
                case
                    when orders.order_status in ('cancelled', 'returned')
                    then 0
                    else totals.net_amount - totals.paid_amount + totals.refunded_amount
                end as numeric(12, 2)
            ) as open_amount,
            case
                when orders.customer_id is not null
                then
                    cast(
                        row_number() over (
                            partition by orders.customer_id
                            order by orders.ordered_at, orders.order_id
                        ) as integer
                    )
            end as customer_order_number
        from orders
        inner join totals on orders.order_id = totals.order_id
    )

select *
from joined
