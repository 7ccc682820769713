with source as (
    select * from {{ source('raw', 'orders') }}
)

select
    id as order_id,
    customer_id,
    {{ cents('amount') }} as amount,
    currency,
    lower(status) as status,
    created_at
from source
where amount > {{ var('least') }}
