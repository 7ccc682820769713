{#-
    The last complete periods before now, the newest first: `label`, and the seconds at which each begins and
    ends in the zone, so that the day on which clocks change has 23 or 25 hours. Days on which nothing is due
    are left out.
-#}
{% macro _sla_periods(given) %}
    {%- set span, utc = modules.datetime.timedelta, modules.pytz.utc -%}
    {%- set now = given.now - span(seconds=given.grace) -%}
    {%- set local, found = now.astimezone(given.zone), [] -%}
    {%- set today = local.date() -%}
    {%- set place = namespace(
        day=today if given.period == "day" else today - span(days=today.weekday())
        if given.period == "week" else today.replace(day=1),
        end=none
    ) -%}
    {%- if given.period == "hour" -%}
        {%- set over = local.minute * 60 + local.second -%}
        {%- set place.end = now - span(seconds=over, microseconds=local.microsecond) -%}
    {%- else -%} {%- set place.end = headwater._sla_moment(place.day, 0, given.zone) -%}
    {%- endif -%}
    {#- A list of fixed length: skipped days are looked for further back, up to a limit. -#}
    {%- for _ in range(given.lookback * 8 + 400) if found | length < given.lookback -%}
        {%- if given.period == "hour" -%}
            {%- set begin = place.end - span(hours=1) -%}
            {%- set day = begin.astimezone(given.zone).date() -%}
            {%- set label = begin.astimezone(given.zone).strftime("%Y-%m-%d %H:%M %z") -%}
        {%- else -%}
            {%- set day = place.day - span(days=7 if given.period == "week" else 1) -%}
            {%- set day = day.replace(day=1) if given.period == "month" else day -%}
            {%- set begin = headwater._sla_moment(day, 0, given.zone) -%}
            {%- set place.day = day -%}
            {%- set label = day | string -%}
        {%- endif -%}
        {%- if given.period in ["week", "month"]
            or (day.weekday() in given.days and (day | string) not in given.holidays) -%}
            {%- do found.append({
                "label": label, "begins": headwater._sla_seconds(begin),
                "ends": headwater._sla_seconds(place.end),
            }) -%}
        {%- endif -%}
        {%- set place.end = begin -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
