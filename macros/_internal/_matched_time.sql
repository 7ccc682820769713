{#- SQL for a text as a time in UTC, NULL where it is none: by its pattern, and the length of its month. -#}
{% macro _matched_time(text) -%}
    case
        when
            {{ text }}
            ~ '^[1-9]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([T ]([01]\d|2[0-3])(:[0-5]\d){1,2}(\.\d+)?)?( ?(Z|UTC|[+-](0\d|1[0-5])(:?[0-5]\d)?))?$'
            and case
                when substr({{ text }}, 9, 2) <= '28'
                then true
                else
                    substr({{ text }}, 6, 2) = to_char(
                        make_date(cast(left({{ text }}, 4) as integer), 1, 1) + make_interval(
                            months => cast(substr({{ text }}, 6, 2) as integer) - 1,
                            days => cast(substr({{ text }}, 9, 2) as integer) - 1
                        ),
                        'MM'
                    )
            end
        then
            cast(
                case
                    when {{ text }} ~ '(Z|UTC|[+-]\d\d(:?\d\d)?)$' and length({{ text }}) > 10
                    then {{ text }}
                    else {{ text }} || '+00'
                end as timestamptz
            ) at time zone 'UTC'
    end
{%- endmacro %}
