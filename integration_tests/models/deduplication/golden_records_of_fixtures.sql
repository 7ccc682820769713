-- One row per customer: the newest delivery.
select delivery, customer_id
from ({{ headwater.dedup(ref("deliveries"), ["customer_id"], ["loaded_at"]) }}) as newest
