-- One row: how often the deliveries repeat.
{{ headwater.dedup_report(ref("deliveries"), ["customer_id", "order"], ["loaded_at"]) }}
