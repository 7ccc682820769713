{{ config(materialized='ephemeral') }}
select o.*, o.amount * r.rate as amount_usd
from {{ ref('stg_orders') }} as o
left join {{ ref('rates') }} as r on o.currency = r.currency
