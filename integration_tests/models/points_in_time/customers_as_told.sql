-- One row per customer as they are now.
{{ headwater.scd2_current(ref("pit_versions"), columns=["customer_id", "tier"]) }}
