select distinct * from {{ ref('grain_rows') }}
