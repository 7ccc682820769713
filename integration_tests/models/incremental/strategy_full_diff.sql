-- The rows as they come: the first run of a strategy is dbt's own.
{{ config(
    materialized='incremental',
    incremental_strategy='headwater_full_diff',
    unique_key=['id', 'part'],
    meta={'headwater': {'dedup_order_by': ['Happened On']}},
) }}

select *
from {{ ref('incremental_rows') }}
