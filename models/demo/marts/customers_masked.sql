{{ config(enabled=project_name == 'headwater', materialized='masked_view') }}

with
    customers as (
        select
            customer_key,
            full_name,
            email,
            phone,
            born_on,
            country_code,
            loyalty_tier,
            is_marketing_allowed,
            is_deleted,
            order_count,
            first_order_on,
            last_order_on
        from {{ ref('dim_customers') }}
    )

select *
from customers
