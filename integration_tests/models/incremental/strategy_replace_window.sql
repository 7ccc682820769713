-- One row per id and part; later runs replace the days of the batch.
{{ config(
    materialized='incremental',
    incremental_strategy='headwater_replace_window',
    event_time='Happened On',
    meta={'headwater': {'window': {'granularity': 'day'}}},
) }}

select *
from {{ ref('incremental_expected') }}
