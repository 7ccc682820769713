-- One row per version of a customer, by a select.
{{ config(enabled=target.type in ['postgres', 'duckdb']) }}

{{ headwater.scd2_from_log(
    ref('history_log'), ['customer_id'], 'changed_at',
    sequence_by=['position'], type1_cols=['tier'], deleted_column='is_deleted'
) }}
