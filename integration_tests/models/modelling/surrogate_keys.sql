-- One row per row of the seed, with its key under each rule.
select
    case_name,
    {{ headwater.surrogate_key(['customer_id', 'country']) }} as composite_key,
    {{ headwater.surrogate_key(['customer_id']) }} as single_key,
    {{ headwater.surrogate_key(['customer_id', 'country'], all_null='hash') }} as hashed_key,
    {{ headwater.surrogate_key(['customer_id', 'country'], alias='key_rows') }} as aliased_key,
    {{ headwater.row_hash(['customer_id', 'country']) }} as row_hash
from {{ ref('surrogate_key_rows') }} as key_rows
