{{
    config(
        enabled=project_name == 'headwater',
        materialized='masked_view',
        meta={
            'headwater': {
                'policies': {'name': 'mask_name', 'phone': 'mask_phone'},
                'reveal_to': var('demo_contact_readers', []),
            },
        },
    )
}}

-- depends_on: {{ ref('raw_customers') }}, {{ ref('raw_customer_changes') }}
-- From the raw tables, whose doors this view closes: staging has no address to write to.
with
    entries as (
        select customer_id, cast(0 as bigint) as log_position, 'c' as op, full_name, email, phone
        from {{ source('shop', 'raw_customers') }}
        union all
        select customer_id, position as log_position, op, full_name, email, phone
        from {{ source('shop', 'raw_customer_changes') }}
    ),

    -- An entry may be delivered twice, and says the same each time.
    ranked as (
        select *, row_number() over (partition by customer_id order by log_position desc) as recency
        from entries
    ),

    contacts as (
        select
            {{ headwater.surrogate_key(['customer_id'], alias='ranked') }} as customer_key,
            trim(full_name) as full_name,
            nullif(lower(trim(email)), '') as email,
            nullif(phone, '') as phone
        from ranked
        where recency = 1 and op <> 'd'
    )

select *
from contacts
