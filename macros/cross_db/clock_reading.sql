{% macro clock_reading() %}
    {{ return(adapter.dispatch("clock_reading", "headwater")()) }}
{% endmacro %}

{% macro default__clock_reading() %}
    {{ return(run_query("select cast(" ~ headwater.utc_now() ~ " as " ~ dbt.type_string() ~ ")").rows[0][0]) }}
{% endmacro %}

{# The clock, and not the start of the transaction, which may have waited for a lock since. #}
{% macro postgres__clock_reading() %}
    {{ return(run_query(
        "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    ).rows[0][0]) }}
{% endmacro %}

{% macro redshift__clock_reading() %}
    {{ return(headwater.default__clock_reading()) }}
{% endmacro %}
