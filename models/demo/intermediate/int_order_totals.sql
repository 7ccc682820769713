{{ config(enabled=project_name == 'headwater') }}

with
    line_totals as (
        select
            order_id,
            count(*) as line_count,
            count(distinct product_id) as product_count,
            sum(gross_amount) as gross_amount,
            sum(discount_amount) as discount_amount,
            sum(net_amount) as net_amount
        from {{ ref('int_order_lines_reported') }}
        group by order_id
    ),

    payment_totals as (
        select
            order_id,
            sum(case when payment_kind = 'payment' then reported_amount else 0 end) as paid_amount,
            sum(
                case when payment_kind = 'refund' then - reported_amount else 0 end
            ) as refunded_amount,
            max(paid_at) as last_paid_at
        from {{ ref('int_payments_reported') }}
        where is_settled
        group by order_id
    ),

    orders as (select order_id from {{ ref('stg_orders') }}),

    order_totals as (
        select
            orders.order_id,
            cast(coalesce(line_totals.line_count, 0) as integer) as line_count,
            cast(coalesce(line_totals.product_count, 0) as integer) as product_count,
            cast(coalesce(line_totals.gross_amount, 0) as numeric(12, 2)) as gross_amount,
            cast(coalesce(line_totals.discount_amount, 0) as numeric(12, 2)) as discount_amount,
            cast(coalesce(line_totals.net_amount, 0) as numeric(12, 2)) as net_amount,
            cast(coalesce(payment_totals.paid_amount, 0) as numeric(12, 2)) as paid_amount,
            cast(coalesce(payment_totals.refunded_amount, 0) as numeric(12, 2)) as refunded_amount,
            payment_totals.last_paid_at
        from orders
        left join line_totals on orders.order_id = line_totals.order_id
        left join payment_totals on orders.order_id = payment_totals.order_id
    )

select *
from order_totals
