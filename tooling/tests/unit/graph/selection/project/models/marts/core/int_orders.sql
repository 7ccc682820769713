{{ config(materialized='ephemeral', meta={'owner': 'core', 'levels': ['a', 'b']}) }}
select * from {{ ref('stg_orders') }} join {{ ref('weeks') }} using (id)
