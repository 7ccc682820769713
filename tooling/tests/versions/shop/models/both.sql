select customer_id, customer_name from {{ ref('dim', v=1) }}
union all
select * from {{ ref('dim', v=2) }}
