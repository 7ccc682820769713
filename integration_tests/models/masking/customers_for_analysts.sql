{{ config(enabled=target.type in ["postgres", "duckdb"], materialized="masked_view") }}
select customer_id, full_name, email, phone, age, country_code
from {{ ref("masking_customers") }}
