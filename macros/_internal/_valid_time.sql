{#-
    SQL for a text as a time in UTC, NULL where it is none: by asking Postgres. Only digits, signs and the
    letters of T, Z and UTC are let through: it takes words for times, too.
-#}
{% macro _valid_time(text) -%}
    {%- set clock = "substr(" ~ text ~ ", 11)" -%}
    {%- set zoned = "case when " ~ clock ~ " like '%-%' or " ~ clock ~ " like '%+%' or right(" ~ text
        ~ ", 1) in ('Z', 'C') then " ~ text ~ " else " ~ text ~ " || '+00' end" -%}
    case
        when
            ltrim({{ text }}, '0123456789-:.+TZ UC') = ''
            and pg_input_is_valid({{ zoned }}, 'timestamptz')
        then cast({{ zoned }} as timestamptz) at time zone 'UTC'
    end
{%- endmacro %}
