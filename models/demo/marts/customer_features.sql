{{ config(enabled=project_name == 'headwater') }}

with
    orders as (select * from {{ ref('fct_orders', v=2) }} where customer_key is not null),

    last_day as (select max(ordered_on) as as_of_on from orders),

    behaviour as (
        select
            customer_key,
            count(*) as order_count,
            sum(net_amount) as lifetime_net_amount,
            avg(net_amount) as average_net_amount,
            max(ordered_on) as last_order_on,
            max(case when order_status = 'returned' then 1 else 0 end) = 1 as has_returned
        from orders
        group by customer_key
    ),

    features as (
        select
            customers.customer_key,
            customers.country_code,
            customers.loyalty_tier,
            behaviour.order_count,
            cast(behaviour.lifetime_net_amount as numeric(12, 2)) as lifetime_net_amount,
            cast(behaviour.average_net_amount as numeric(12, 2)) as average_net_amount,
            {{ dbt.datediff('behaviour.last_order_on', 'last_day.as_of_on', 'day') }}
            as days_since_last_order,
            behaviour.has_returned,
            ntile(4) over (
                order by behaviour.lifetime_net_amount desc, customers.customer_key
            ) as value_quartile
        from {{ ref('dim_customers') }} as customers
        inner join behaviour on customers.customer_key = behaviour.customer_key
        cross join last_day
        where not customers.is_deleted
    )

select *
from features
