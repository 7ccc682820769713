select order_id, status, created_at
from {{ ref('stg_orders') }}
