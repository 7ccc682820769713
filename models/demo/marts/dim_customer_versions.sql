{{
    config(
        enabled=project_name == 'headwater',
        materialized='scd2',
        unique_key=['customer_id'],
        meta={
            'headwater': {
                'updated_at': 'changed_at',
                'sequence_by': ['log_position'],
                'deleted_column': 'is_deleted',
            },
        },
    )
}}

-- The whole log each time: late entries go where they belong, and known ones change nothing.
with
    changes as (select * from {{ ref('int_customer_changes') }}),

    versions as (
        select
            customer_id,
            country_code,
            loyalty_tier,
            operation = 'delete' as is_deleted,
            changed_at,
            log_position
        from changes
    )

select *
from versions
