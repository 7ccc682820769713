select customer_id, valid_from as {{ headwater.quote_identifier('Valid From') }}
from {{ ref('grain_given_rows') }}
