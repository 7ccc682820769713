-- One row per id and part, however often it is built.
{{ config(
    materialized='incremental',
    incremental_strategy='headwater_full_diff',
    unique_key=['id', 'part'],
    meta={'headwater': {'dedup_order_by': ['Happened On']}},
) }}

select *
from {{ ref('incremental_expected') }}
