{% macro utc_now() %} {{- adapter.dispatch("utc_now", "headwater")() -}} {% endmacro %}

{% macro default__utc_now() -%}
    cast(current_timestamp as {{ dbt.type_timestamp() }})
{%- endmacro %}

{# current_timestamp is the transaction's, so that all rows of a run agree. #}
{% macro postgres__utc_now() -%}(current_timestamp at time zone 'UTC') {%- endmacro %}

{% macro redshift__utc_now() -%} getdate() {%- endmacro %}

{% macro duckdb__utc_now() -%}(current_timestamp at time zone 'UTC') {%- endmacro %}

{% macro snowflake__utc_now() -%}
    cast(convert_timezone('UTC', current_timestamp()) as timestamp_ntz)
{%- endmacro %}

{% macro bigquery__utc_now() -%} current_timestamp() {%- endmacro %}

{% macro spark__utc_now() -%}
    to_utc_timestamp(current_timestamp(), current_timezone())
{%- endmacro %}

{% macro fabric__utc_now() -%} sysutcdatetime() {%- endmacro %}
