{#- One row every hour (UTC) from 24 to 30 March 2026; on the 29th Berlin's day has 23. -#}
with
    days as (
        {% for day in range(24, 31) %}
            select cast('2026-03-{{ day }}' as timestamp) as day {{ "union all" if not loop.last }}
        {% endfor %}
    ),
    hours as (
        {% for hour in range(24) %}
            select {{ hour }} as hour {{ "union all" if not loop.last }}
        {% endfor %}
    )

select
    days.day + hours.hour * interval '1 hour' as happened_at,
    case when hours.hour < 12 then 'early' else 'late' end as half
from days
cross join hours
where not (days.day = cast('2026-03-26' as timestamp) and hours.hour > 3)
