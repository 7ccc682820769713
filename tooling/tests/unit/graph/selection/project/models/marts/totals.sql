select customer_id, 1 as total from {{ ref('stg_orders') }}
