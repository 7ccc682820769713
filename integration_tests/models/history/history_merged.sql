-- One row per version of a customer, of an older and a newer history.
{{ config(enabled=target.type in ['postgres', 'duckdb']) }}

{{ headwater.scd2_merge_history(
    ref('history_legacy'), ref('history_from_copies'), ['customer_id'], columns=['name']
) }}
