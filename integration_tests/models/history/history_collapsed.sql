-- One row per version of a customer's name, whatever else changed.
{{ config(enabled=target.type in ['postgres', 'duckdb']) }}

{{ headwater.scd2_collapse(ref('history_from_log'), ['customer_id'], columns=['name']) }}
