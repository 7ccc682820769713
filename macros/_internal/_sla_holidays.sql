{#-
    The days on which nothing is due, as '2026-12-25': a list of them, or the name of one in the variable
    `calendars`.
-#}
{% macro _sla_holidays(macro, calendar) %}
    {%- set calendars = var("calendars", none) or {} -%}
    {%- set given = calendar -%}
    {%- if calendar is string -%}
        {%- if calendar not in calendars -%}
            {{ headwater._raise_argument(
                macro, "calendar", "a list of dates, or a name in the variable 'calendars'",
                headwater._describe(calendar), headwater._suggestion(calendar, calendars | list)
            ) }}
        {%- endif -%}
        {%- set given = calendars[calendar] -%}
    {%- endif -%}
    {%- set days = [] -%}
    {%- for day in given or [] -%}
        {%- set text = day | string | trim -%}
        {%- if not headwater._sla_is_date(text) -%}
            {{ headwater._raise_argument(
                macro, "calendar", "dates such as '2026-12-25'", headwater._describe(text)
            ) }}
        {%- endif -%}
        {%- do days.append(text) -%}
    {%- endfor -%}
    {{ return(days) }}
{% endmacro %}
