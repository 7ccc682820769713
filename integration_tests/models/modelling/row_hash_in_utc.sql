select case_name, {{ headwater.row_hash(['given_value']) }} as row_hash
from {{ ref('row_hash_instants') }}
union all
{{ session_dependent_hashes() }}
