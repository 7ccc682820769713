-- One row per version of a customer.
{{ config(
    materialized='scd2',
    unique_key=['customer_id'],
    enabled=target.type in ['postgres', 'duckdb'],
    meta={'headwater': {
        'updated_at': 'changed_at',
        'sequence_by': ['position'],
        'deleted_column': 'is_deleted',
        'type1_cols': ['tier'],
        'on_null_time': 'quarantine',
    }},
) }}

select *
from {{ ref('history_log') }}
