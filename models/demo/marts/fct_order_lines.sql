{{ config(enabled=project_name == 'headwater') }}

with
    order_lines as (select * from {{ ref('int_order_lines_reported') }}),

    keyed as (
        select
            {{ headwater.surrogate_key(['order_id', 'line_number']) }} as order_line_key,
            {{ headwater.surrogate_key(['order_id']) }} as order_key,
            {{ headwater.surrogate_key(['product_id']) }} as product_key,
            order_id,
            line_number,
            ordered_on,
            quantity,
            gross_amount,
            discount_amount,
            net_amount,
            cost_amount,
            net_amount - cost_amount as margin_amount,
            is_void
        from order_lines
    )

select *
from keyed
