{% macro epoch_seconds(expression) %}
    {{- adapter.dispatch("epoch_seconds", "headwater")(expression) -}}
{% endmacro %}

{% macro default__epoch_seconds(expression) -%} extract(epoch from {{ expression }}) {%- endmacro %}

{% macro duckdb__epoch_seconds(expression) -%} epoch({{ expression }}) {%- endmacro %}

{% macro snowflake__epoch_seconds(expression) -%}
    date_part(epoch_second, {{ expression }})
{%- endmacro %}

{% macro bigquery__epoch_seconds(expression) -%}
    unix_seconds(cast({{ expression }} as timestamp))
{%- endmacro %}

{# Also Databricks. A timestamp is a moment there, a timestamp_ntz is read in the session's zone. #}
{% macro spark__epoch_seconds(expression) -%}
    unix_timestamp(cast({{ expression }} as timestamp))
{%- endmacro %}

{% macro trino__epoch_seconds(expression) -%} to_unixtime({{ expression }}) {%- endmacro %}

{% macro fabric__epoch_seconds(expression) -%}
    datediff_big(second, '1970-01-01', {{ expression }})
{%- endmacro %}
