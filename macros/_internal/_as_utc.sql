{#-
    SQL for a column of times as one in UTC without a zone, as utc_now() is: with a zone, Postgres and
    DuckDB would hold the two against each other by the clock of the session.
-#}
{% macro _as_utc(name, known) %}
    {%- set quoted = headwater.quote_identifier(name) -%}
    {%- set type = (headwater._known_column(name, known) or {}).get("type", "") -%}
    {%- set is_zoned = adapter.type() in ["postgres", "duckdb"]
        and modules.re.match("timestamp.* with time zone|timestamptz", type | lower) -%}
    {{ return("(" ~ quoted ~ " at time zone 'UTC')" if is_zoned else quoted) }}
{% endmacro %}
