{{ config(enabled=project_name == 'headwater') }}

-- Both facts are made from the same lines, so their sums may not drift apart.
with
    order_sums as (select order_key, net_amount from {{ ref('fct_orders', v=2) }}),

    line_sums as (
        select order_key, sum(net_amount) as net_amount
        from {{ ref('fct_order_lines') }}
        group by order_key
    ),

    differences as (
        select
            order_sums.order_key,
            order_sums.net_amount as order_amount,
            line_sums.net_amount as line_amount
        from order_sums
        left join line_sums on order_sums.order_key = line_sums.order_key
        where order_sums.net_amount <> coalesce(line_sums.net_amount, 0)
    )

select *
from differences
