{{ config(enabled=project_name == 'headwater') }}

with
    customers as (select * from {{ ref('int_customers_current') }}),

    initial_load as (
        select customer_id, born_on, is_marketing_allowed from {{ ref('stg_customers') }}
    ),

    order_history as (
        select
            customer_id,
            min(ordered_on) as first_order_on,
            max(ordered_on) as last_order_on,
            count(*) as order_count
        from {{ ref('stg_orders') }}
        where order_status <> 'cancelled'
        group by customer_id
    ),

    -- A deleted customer keeps the key and the counts that facts need, and loses all personal data.
    members as (
        select
            {{ headwater.surrogate_key(['customer_id'], alias='customers') }} as customer_key,
            customers.customer_id,
            case when not customers.is_deleted then customers.full_name end as full_name,
            case when not customers.is_deleted then customers.email end as email,
            case when not customers.is_deleted then customers.phone end as phone,
            case when not customers.is_deleted then initial_load.born_on end as born_on,
            customers.country_code,
            coalesce(customers.loyalty_tier, 'none') as loyalty_tier,
            coalesce(initial_load.is_marketing_allowed, false)
            and not customers.is_deleted as is_marketing_allowed,
            customers.is_deleted,
            order_history.first_order_on,
            order_history.last_order_on,
            coalesce(order_history.order_count, 0) as order_count,
            customers.first_seen_at,
            customers.changed_at
        from customers
        left join initial_load on customers.customer_id = initial_load.customer_id
        left join order_history on customers.customer_id = order_history.customer_id
    )

select *
from members
