-- The rows as they come, in one partition per month.
{{ config(
    materialized='swap_partition',
    meta={'headwater': {'partition_by': {
        'fields': ['Happened On'], 'granularity': 'month', 'default_partition': true,
    }}},
) }}

select *
from {{ ref('incremental_rows') }}
