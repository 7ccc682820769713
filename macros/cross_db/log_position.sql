{% macro log_position(text, version) %}
    {{- adapter.dispatch("log_position", "headwater")(text, version) -}}
{% endmacro %}

{% macro default__log_position(text, version) -%}
    {{ headwater._raise_argument(
        "log_position", "text", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__log_position(text, version) -%}
    (
        case
            when ltrim({{ text }}, '0123456789') = '' and length({{ text }}) between 1 and 38
            then cast({{ text }} as numeric)
            when {{ text }} ~ '^\d{1,38}\.\d+$'
            then cast({{ text }} as numeric)
            when {{ text }} ~ '^[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}$'
            then cast({{ text }} as pg_lsn) - cast('0/0' as pg_lsn)
            when {{ text }} ~ '^[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8}:[0-9A-Fa-f]{4}$'
            then
                cast(cast('x' || left({{ text }}, 8) as bit(32)) as bigint)
                % 4294967296
                * 281474976710656.0
                + cast(cast('x' || substr({{ text }}, 10, 8) as bit(32)) as bigint)
                % 4294967296
                * 65536.0
                + cast(cast('x' || right({{ text }}, 4) as bit(16)) as integer)
            when {{ text }} like '____-__-__%'
            then extract(epoch from {{ headwater.event_time(text, version) }}) * 1000000
        end
    )
{%- endmacro %}

{% macro duckdb__log_position(text, version) -%}
    (
        case
            when regexp_full_match({{ text }}, '\d{1,29}(\.\d+)?')
            then cast({{ text }} as decimal(38, 9))
            when regexp_full_match({{ text }}, '[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}')
            then
                cast(cast('0x' || split_part({{ text }}, '/', 1) as bigint) as decimal(38, 9))
                * 4294967296
                + cast('0x' || split_part({{ text }}, '/', 2) as bigint)
            when regexp_full_match({{ text }}, '[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8}:[0-9A-Fa-f]{4}')
            then
                cast(cast('0x' || left({{ text }}, 8) as bigint) as decimal(38, 9))
                * 281474976710656
                + cast('0x' || substr({{ text }}, 10, 8) as bigint) * 65536
                + cast('0x' || right({{ text }}, 4) as bigint)
            when {{ text }} like '____-__-__%'
            then cast(epoch_us({{ headwater.event_time(text, version) }}) as decimal(38, 9))
        end
    )
{%- endmacro %}
