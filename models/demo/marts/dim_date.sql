{{ config(enabled=project_name == 'headwater') }}

with recursive
    days as (
        select cast('{{ var("demo_calendar_start_on") }}' as date) as date_on
        union all
        select cast(date_on + interval '1 day' as date) as date_on
        from days
        where date_on < cast('{{ var("demo_calendar_end_on") }}' as date)
    ),

    calendar as (
        select
            date_on,
            cast(extract(year from date_on) as integer) as year_number,
            cast(extract(quarter from date_on) as integer) as quarter_number,
            cast(extract(month from date_on) as integer) as month_number,
            cast(extract(isodow from date_on) as integer) as weekday_number,
            cast(date_trunc('month', date_on) as date) as month_start_on,
            extract(isodow from date_on) in (6, 7) as is_weekend
        from days
    )

select *
from calendar
