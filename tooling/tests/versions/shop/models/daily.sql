select
    cast(created_at as date) as day,
    count(distinct customer_id) as customers,
    sum(amount_usd) as revenue,
    row_number() over (order by sum(amount_usd) desc) as place
from {{ ref('orders') }}
where status <> 'deleted'
group by 1
