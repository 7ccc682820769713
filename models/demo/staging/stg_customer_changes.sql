{{ config(enabled=project_name == 'headwater') }}
-- depends_on: {{ ref('raw_customer_changes') }}
with
    -- The log delivers at least once; of an entry the first delivery is kept.
    changes as (
        {{ headwater.dedup(
            source('shop', 'raw_customer_changes'), ['customer_id', 'position'],
            order_by=['loaded_at'], keep='first'
        ) }}
    ),

    -- Masked in the same way as the initial load: equal addresses have equal hashes.
    decoded as (
        select
            position as log_position,
            case
                op
                when 'c'
                then 'create'
                when 'u'
                then 'update'
                when 'd'
                then 'delete'
                else 'unknown'
            end as operation,
            customer_id,
            {{ headwater.mask_name('full_name') }} as full_name,
            {{ headwater.hash_pii(
                "nullif(trim(email), '')", domain='email', normalize=['email']
            ) }} as email,
            {{ headwater.mask_phone("nullif(phone, '')") }} as phone,
            nullif(upper(country_code), '') as country_code,
            tier as loyalty_tier,
            changed_at,
            loaded_at
        from changes
    )

select *
from decoded
