select id, customer_id, status, ordered_at from {{ source('shop', 'orders') }} where status <> 'x'
