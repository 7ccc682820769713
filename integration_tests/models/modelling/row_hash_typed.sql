-- One row per row of the seed, with the hash of all its typed values.
select
    case_name,
    {{ headwater.row_hash([
        'flag', 'whole', 'amount', 'day', 'moment', 'words'
    ]) }} as row_hash
from {{ ref('row_hash_rows') }}
