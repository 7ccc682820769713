{{ config(enabled=project_name == 'headwater') }}
-- depends_on: {{ ref('raw_order_lines') }}
with
    order_lines as (select * from {{ source('shop', 'raw_order_lines') }}),

    typed as (
        select
            order_id,
            line_number,
            product_id,
            quantity,
            cast(unit_price as numeric(12, 2)) as unit_price,
            cast(quantity * unit_price as numeric(12, 2)) as line_amount,
            loaded_at
        from order_lines
    )

select *
from typed
