select customer_id, valid_from as "Valid From" from {{ ref('grain_given_rows') }}
