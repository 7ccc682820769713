-- One row per change.
with given as (select *, {{ headwater.utc_now() }} as checked_at from {{ ref("log_given") }})

select *
from given
