-- One row per version of a customer, from daily copies.
{{ config(enabled=target.type in ['postgres', 'duckdb']) }}

{{ headwater.scd2_from_snapshots(ref('history_copies'), ['customer_id'], 'copied_on') }}
