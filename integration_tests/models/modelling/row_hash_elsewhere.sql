-- The same hashes, in a session that writes dates, numbers and bytes in its own way.
{{ config(
    pre_hook=[
        "set local time zone 'Asia/Kathmandu'",
        "set local datestyle = 'SQL, DMY'",
        "set local intervalstyle = 'iso_8601'",
        "set local extra_float_digits = -15",
        "set local bytea_output = 'escape'",
        "set local standard_conforming_strings = off",
    ] if target.type == "postgres" else ["set timezone = 'Asia/Kathmandu'"],
    post_hook=[] if target.type == "postgres" else ["set timezone = 'UTC'"],
) }}

select case_name, {{ headwater.row_hash(['given_value']) }} as row_hash
from {{ ref('row_hash_instants') }}
union all
{{ session_dependent_hashes() }}
