{{ config(materialized='incremental', unique_key='customer_id') }}
select c.id, c.name, o.ordered_at from {{ ref('stg_customers') }} c left join {{ ref('stg_orders') }} o on o.customer_id = c.id
