select * from {{ ref('row_hash_equal') }} where value_count < 2
