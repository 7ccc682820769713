{{ config(enabled=project_name == 'headwater') }}

with
    calendar as (select date_on from {{ ref('dim_date') }}),

    sold_lines as (select * from {{ ref('fct_order_lines') }} where not is_void),

    daily_totals as (
        select
            calendar.date_on,
            count(distinct sold_lines.order_id) as order_count,
            coalesce(sum(sold_lines.quantity), 0) as units_sold,
            coalesce(sum(sold_lines.net_amount), 0) as net_revenue
        from calendar
        left join sold_lines on calendar.date_on = sold_lines.ordered_on
        group by calendar.date_on
        having calendar.date_on <= (select max(ordered_on) from sold_lines)
    ),

    smoothed as (
        select
            date_on,
            order_count,
            units_sold,
            net_revenue,
            cast(
                avg(net_revenue) over (
                    order by date_on rows between 6 preceding and current row
                ) as numeric(12, 2)
            ) as net_revenue_7_day_average
        from daily_totals
    )

select *
from smoothed
