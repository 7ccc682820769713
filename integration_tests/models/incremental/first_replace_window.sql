-- The rows as they come; later runs replace the days from the third before the newest.
{{ config(
    materialized='replace_window',
    event_time='Happened On',
    pre_hook="{{ headwater.lock('integration tests', scope='session') }}",
    post_hook="{{ headwater.unlock('integration tests') }}",
    meta={'headwater': {'window': {'lookback': '3 days'}}},
) }}

select *
from {{ ref('incremental_rows') }}
where {{ headwater.incremental_filter('Happened On', lookback='3 days') }}
