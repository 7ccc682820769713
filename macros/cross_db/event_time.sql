{% macro event_time(text) %}
    {{- adapter.dispatch("event_time", "headwater")(text) -}}
{% endmacro %}

{% macro default__event_time(text) -%}
    {{ headwater._raise_argument(
        "event_time", "text", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{# No cast may fail, and there is none that returns NULL instead before version 16. #}
{% macro postgres__event_time(text) -%}
    (
        case
            when {{ text }} like '____-__-__%'
            then
                case
                    when
                        {{ text }}
                        ~ '^[1-9]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([T ]([01]\d|2[0-3])(:[0-5]\d){1,2}(\.\d+)?)?( ?(Z|UTC|[+-](0\d|1[0-5])(:?[0-5]\d)?))?$'
                        and case
                            when substr({{ text }}, 9, 2) <= '28'
                            then true
                            else
                                substr({{ text }}, 6, 2) = to_char(
                                    make_date(
                                        cast(left({{ text }}, 4) as integer),
                                        1,
                                        1
                                    ) + make_interval(
                                        months => cast(substr({{ text }}, 6, 2) as integer) - 1,
                                        days => cast(substr({{ text }}, 9, 2) as integer) - 1
                                    ),
                                    'MM'
                                )
                        end
                    then
                        cast(
                            case
                                when
                                    {{ text }} ~ '(Z|UTC|[+-]\d\d(:?\d\d)?)$'
                                    and length({{ text }}) > 10
                                then {{ text }}
                                else {{ text }} || '+00'
                            end as timestamptz
                        ) at time zone 'UTC'
                end
            when {{ text }} ~ '^\d{1,11}(\.\d+)?$'
            then timestamp '1970-01-01' + cast({{ text }} as numeric) * interval '1 second'
            when {{ text }} ~ '^\d{12,14}$'
            then timestamp '1970-01-01' + cast({{ text }} as numeric) * interval '1 millisecond'
            when {{ text }} ~ '^\d{15,17}$'
            then timestamp '1970-01-01' + cast({{ text }} as numeric) * interval '1 microsecond'
        end
    )
{%- endmacro %}

{% macro duckdb__event_time(text) -%}
    (
        case
            when regexp_full_match({{ text }}, '\d{1,11}(\.\d+)?')
            then make_timestamp(cast(round(cast({{ text }} as decimal(25, 6)) * 1000000) as bigint))
            when regexp_full_match({{ text }}, '\d{12,14}')
            then make_timestamp(cast({{ text }} as bigint) * 1000)
            when regexp_full_match({{ text }}, '\d{15,17}')
            then make_timestamp(cast({{ text }} as bigint))
            when
                regexp_matches({{ text }}, '(Z|UTC|[+-]\d\d(:?\d\d)?)$') and length({{ text }}) > 10
            then try_cast({{ text }} as timestamptz) at time zone 'UTC'
            else try_cast({{ text }} as timestamp)
        end
    )
{%- endmacro %}
