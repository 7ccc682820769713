{{ config(enabled=project_name == 'headwater') }}
-- depends_on: {{ ref('raw_products') }}
with
    products as (select * from {{ source('shop', 'raw_products') }}),

    cleaned as (
        select
            product_id,
            product_name,
            coalesce(category, 'uncategorised') as category,
            cast(list_price as numeric(12, 2)) as list_price,
            cast(unit_cost as numeric(12, 2)) as unit_cost,
            is_active,
            attributes as attributes_json,
            updated_at,
            loaded_at
        from products
    )

select *
from cleaned
