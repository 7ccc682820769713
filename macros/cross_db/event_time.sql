{% macro event_time(text, version, is_time="false") %}
    {{- adapter.dispatch("event_time", "headwater")(text, version, is_time) -}}
{% endmacro %}

{% macro default__event_time(text, version, is_time="false") -%}
    {{ headwater._raise_argument(
        "event_time", "text", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{#
    No cast may fail. From version 16 on a text can be asked whether it is a time, in a tenth of the time
    that a pattern for it takes; whole numbers are told from others without one, too.
#}
{% macro postgres__event_time(text, version, is_time="false") -%}
    {%- set digits = "ltrim(" ~ text ~ ", '0123456789')" -%}
    (
        case
            when {{ text }} like '____-__-__%'
            then
                {% if version >= 160000 -%} {{ headwater._valid_time(text, is_time) }}
                {%- else -%} {{ headwater._matched_time(text) }}
                {%- endif %}
            when {{ digits }} = '' and length({{ text }}) between 1 and 11
            then timestamp '1970-01-01' + cast({{ text }} as numeric) * interval '1 second'
            when {{ digits }} = '' and length({{ text }}) between 12 and 14
            then timestamp '1970-01-01' + cast({{ text }} as numeric) * interval '1 millisecond'
            when {{ digits }} = '' and length({{ text }}) between 15 and 17
            then timestamp '1970-01-01' + cast({{ text }} as numeric) * interval '1 microsecond'
            when {{ digits }} = '' and length({{ text }}) between 18 and 20
            then
                timestamp '1970-01-01'
                + trunc(cast({{ text }} as numeric) / 1000) * interval '1 microsecond'
            when {{ text }} ~ '^\d{1,11}\.\d+$'
            then timestamp '1970-01-01' + cast({{ text }} as numeric) * interval '1 second'
        end
    )
{%- endmacro %}

{% macro duckdb__event_time(text, version, is_time="false") -%}
    (
        case
            when regexp_full_match({{ text }}, '\d{1,11}(\.\d+)?')
            then make_timestamp(cast(round(cast({{ text }} as decimal(25, 6)) * 1000000) as bigint))
            when regexp_full_match({{ text }}, '\d{12,14}')
            then make_timestamp(cast({{ text }} as bigint) * 1000)
            when regexp_full_match({{ text }}, '\d{15,17}')
            then make_timestamp(cast({{ text }} as bigint))
            when regexp_full_match({{ text }}, '\d{18,20}')
            then make_timestamp(cast(left({{ text }}, length({{ text }}) - 3) as bigint))
            when
                regexp_matches({{ text }}, '(Z|UTC|[+-]\d\d(:?\d\d)?)$') and length({{ text }}) > 10
            then try_cast({{ text }} as timestamptz) at time zone 'UTC'
            else try_cast({{ text }} as timestamp)
        end
    )
{%- endmacro %}
