{{ config(enabled=project_name == 'headwater') }}
-- depends_on: {{ ref('raw_customers') }}
with
    customers as (select * from {{ source('shop', 'raw_customers') }}),

    cleaned as (
        select
            customer_id,
            trim(full_name) as full_name,
            nullif(lower(trim(email)), '') as email,
            nullif(phone, '') as phone,
            birth_date as born_on,
            nullif(upper(country_code), '') as country_code,
            coalesce(marketing_opt_in, false) as is_marketing_allowed,
            created_at,
            loaded_at
        from customers
    )

select *
from cleaned
