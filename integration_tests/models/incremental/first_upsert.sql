-- One row per id and part, the latest.
{{ config(
    materialized='upsert',
    unique_key=['id', 'part'],
    meta={'headwater': {'dedup_order_by': ['Happened On']}},
) }}

select *
from {{ ref('incremental_rows') }}
