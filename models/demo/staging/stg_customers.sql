{{ config(enabled=project_name == 'headwater') }}
-- depends_on: {{ ref('raw_customers') }}
with
    customers as (select * from {{ source('shop', 'raw_customers') }}),

    -- Nobody is recognised from here on; who may see the values reads customer_contacts.
    cleaned as (
        select
            customer_id,
            {{ headwater.mask_name('full_name') }} as full_name,
            {{ headwater.hash_pii(
                "nullif(trim(email), '')", domain='email', normalize=['email']
            ) }} as email,
            {{ headwater.mask_phone("nullif(phone, '')") }} as phone,
            {{ headwater.generalize_date('birth_date', to='year') }} as born_on,
            nullif(upper(country_code), '') as country_code,
            coalesce(marketing_opt_in, false) as is_marketing_allowed,
            created_at,
            loaded_at
        from customers
    )

select *
from cleaned
