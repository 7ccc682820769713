select * from {{ ref('dim_customers') }} join {{ ref('fct_orders', v=2) }} using (customer_id)
