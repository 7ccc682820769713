{#-
    The moment of a local time, in UTC: so many minutes after a day's midnight. A time that a change of
    clocks skips is read with the offset from before it, one that comes twice is the first: as RFC 5545
    (3.3.5) reads them, which is the offset from before the change in both cases.
-#}
{% macro _sla_moment(day, minutes, zone) %}
    {%- set span, utc = modules.datetime.timedelta, modules.pytz.utc -%}
    {%- set local = modules.datetime.datetime(day.year, day.month, day.day) + span(minutes=minutes) -%}
    {%- set moments = [] -%}
    {%- for hours in [-24, 24] -%}
        {%- set near = (local + span(hours=hours)).replace(tzinfo=utc).astimezone(zone) -%}
        {%- do moments.append((local - near.utcoffset()).replace(tzinfo=utc)) -%}
    {%- endfor -%}
    {%- for moment in moments if moment.astimezone(zone).replace(tzinfo=none) == local -%}
        {{ return(moment) }}
    {%- endfor -%}
    {{ return(moments[0]) }}
{% endmacro %}
