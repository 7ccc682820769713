{{ config(enabled=project_name == 'headwater') }}

with
    products as (select * from {{ ref('stg_products') }}),

    priced as (
        select
            {{ headwater.surrogate_key(['product_id']) }} as product_key,
            product_id,
            product_name,
            category,
            list_price,
            unit_cost,
            list_price - unit_cost as unit_margin,
            case
                when unit_cost is null
                then 'unknown'
                when list_price < 10
                then 'low'
                when list_price < 25
                then 'middle'
                else 'high'
            end as price_band,
            rank() over (
                partition by category order by list_price desc, product_id
            ) as category_rank,
            is_active,
            updated_at
        from products
    )

select *
from priced
