{{ config(tags=['pii', 'nightly']) }}
select id, name from {{ ref('raw_customers') }}
