-- One row per customer and order, out of what several deliveries know.
{{ headwater.coalesce_duplicates(
    ref("deliveries"), ["customer_id", "order"], ["loaded_at"], tie_breaker=["delivery"]
) }}
