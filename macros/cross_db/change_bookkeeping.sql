{% macro change_bookkeeping() %}
    {{ return(adapter.dispatch("change_bookkeeping", "headwater")()) }}
{% endmacro %}

{% macro default__change_bookkeeping() %}
    {{ return({
        "_cdc_seq": "numeric", "_cdc_ts": "timestamp", "_cdc_older": "jsonb",
        "_cdc_deleted_at": "timestamp",
    }) }}
{% endmacro %}

{% macro duckdb__change_bookkeeping() %}
    {{ return({
        "_cdc_seq": "decimal(38, 9)", "_cdc_ts": "timestamp", "_cdc_older": "json",
        "_cdc_deleted_at": "timestamp",
    }) }}
{% endmacro %}
