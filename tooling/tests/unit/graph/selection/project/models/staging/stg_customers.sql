{{ config(tags=['pii', 'nightly']) }}
select id, {{ clean('name') }} as name from {{ ref('raw_customers') }}
