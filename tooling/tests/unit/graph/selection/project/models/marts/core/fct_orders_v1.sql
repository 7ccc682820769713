select id as order_id from {{ ref('stg_orders') }}
