{{ config(enabled=project_name == 'headwater') }}

with
    changes as (
        select
            *,
            row_number() over (partition by customer_id order by log_position desc) as recency,
            min(changed_at) over (partition by customer_id) as first_seen_at
        from {{ ref('int_customer_changes') }}
    ),

    -- The position in the log decides, not the clock: a late entry is older than the delete it
    -- follows.
    latest as (
        select
            customer_id,
            full_name,
            email,
            phone,
            country_code,
            loyalty_tier,
            operation = 'delete' as is_deleted,
            first_seen_at,
            changed_at,
            {{ headwater.row_hash([
            'full_name', 'email', 'phone', 'country_code', 'loyalty_tier', 'operation'
        ]) }} as version_hash
        from changes
        where recency = 1
    )

select *
from latest
