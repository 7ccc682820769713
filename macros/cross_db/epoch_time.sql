{% macro epoch_time(seconds) %}
    {{- adapter.dispatch("epoch_time", "headwater")(seconds) -}}
{% endmacro %}

{% macro default__epoch_time(seconds) -%}
    dateadd(second, {{ seconds }}, cast('1970-01-01' as {{ dbt.type_timestamp() }}))
{%- endmacro %}

{% macro snowflake__epoch_time(seconds) -%} to_timestamp_ntz({{ seconds }}) {%- endmacro %}

{% macro postgres__epoch_time(seconds) -%}
    (timestamp '1970-01-01' + {{ seconds }} * interval '1 second')
{%- endmacro %}

{% macro redshift__epoch_time(seconds) -%}
    {{ headwater.postgres__epoch_time(seconds) }}
{%- endmacro %}

{# A small whole number is one of 32 bits there. #}
{% macro duckdb__epoch_time(seconds) -%}
    make_timestamp(cast(cast({{ seconds }} as double) * 1000000 as bigint))
{%- endmacro %}

{% macro bigquery__epoch_time(seconds) -%}
    timestamp_seconds(cast({{ seconds }} as int64))
{%- endmacro %}

{# Also Databricks. #}
{% macro spark__epoch_time(seconds) -%} timestamp_seconds({{ seconds }}) {%- endmacro %}

{% macro trino__epoch_time(seconds) -%}
    cast(from_unixtime({{ seconds }}) at time zone 'UTC' as timestamp)
{%- endmacro %}
