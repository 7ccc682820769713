select
    c.order_id,
    c.customer_id,
    p.customer_name,
    c.status,
    cast(c.amount_usd as double) as amount_usd,
    c.created_at
from {{ ref('converted') }} as c
left join {{ ref('stg_customers') }} as p on c.customer_id = p.customer_id
