{{ config(enabled=project_name == 'headwater') }}

with
    initial_load as (
        select
            cast(0 as bigint) as log_position,
            'create' as operation,
            customer_id,
            full_name,
            email,
            phone,
            country_code,
            'standard' as loyalty_tier,
            created_at as changed_at,
            loaded_at
        from {{ ref('stg_customers') }}
    ),

    log_entries as (select * from {{ ref('stg_customer_changes') }}),

    all_changes as (
        select *
        from initial_load
        union all
        select *
        from log_entries
    ),

    changes as (
        select
            {{ headwater.surrogate_key(['customer_id', 'log_position']) }} as change_key,
            customer_id,
            log_position,
            operation,
            full_name,
            email,
            phone,
            country_code,
            loyalty_tier,
            changed_at,
            loaded_at
        from all_changes
    )

select *
from changes
