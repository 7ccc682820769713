-- One row per moment near the changes of a clock, stored once for both sessions.
select
    'instant at ' || text_value as case_name,
    {{ of_engine("cast(text_value || '+00' as timestamp with time zone)") }} as given_value
from
    (
        select '2026-01-31 23:59:59' as text_value
        union all
        select '2026-03-29 01:00:00'
        union all
        select '1969-12-31 23:59:59.999999'
        union all
        select '1900-01-01 00:00:00'
    ) as moments
