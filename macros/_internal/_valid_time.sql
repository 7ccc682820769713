{#-
    SQL for a text as a time in UTC, NULL where it is none: by asking Postgres. Only digits, signs and the
    letters of T, Z and UTC are let through, each in its place: it takes much for a time that is none.
    is_time: SQL for whether the text need not be looked at; one of a timestamp may end in BC.
-#}
{% macro _valid_time(text, is_time) -%}
    case
        when
            not (
                {{ is_time }}
                or {{ text }}
                ~ '^[0-9]+-[0-9][0-9]-[0-9][0-9](?:[T ][0-9:.]+)?(?: ?(?:Z|UTC|[-+][0-9:]+))?$'
                and pg_input_is_valid({{ text }}, 'timestamptz')
            )
        then null
        when
            {{ text }} like '__________%-%'
            or {{ text }} like '%+%'
            or {{ text }} like '%Z'
            or {{ text }} like '%UTC'
        then cast({{ text }} as timestamptz) at time zone 'UTC'
        else cast({{ text }} as timestamp)
    end
{%- endmacro %}
