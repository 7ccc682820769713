{{ config(enabled=project_name == 'headwater', materialized='view') }}

with
    orders as (select * from {{ ref('fct_orders', v=2) }}),

    renamed as (
        select
            order_key,
            order_id,
            customer_key,
            ordered_at,
            ordered_on,
            order_status,
            net_amount as order_amount
        from orders
    )

select *
from renamed
