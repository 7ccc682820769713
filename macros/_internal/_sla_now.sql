{#- The moment to judge at: the present, or the one given as '2026-11-23 08:00' (UTC). -#}
{% macro _sla_now(macro, as_of) %}
    {%- if as_of is none -%}
        {{ return(modules.datetime.datetime.now(modules.pytz.utc)) }}
    {%- endif -%}
    {%- set text = (as_of | string).replace("T", " ").replace("Z", "").replace("+00:00", "") -%}
    {%- set found = modules.re.fullmatch("(\\d{4}-\\d{2}-\\d{2})(?: (\\d{2}):(\\d{2})(?::(\\d{2}))?)?", text | trim) -%}
    {%- if not found or not headwater._sla_is_date(found.group(1)) -%}
        {{ headwater._raise_argument(
            macro, "as_of", "a moment in UTC, such as '2026-11-23 08:00'", headwater._describe(as_of)
        ) }}
    {%- endif -%}
    {%- set day = found.group(1).split("-") -%}
    {%- set seconds = (found.group(2) or 0) | int * 3600 + (found.group(3) or 0) | int * 60
        + (found.group(4) or 0) | int -%}
    {%- set midnight = modules.datetime.datetime(day[0] | int, day[1] | int, day[2] | int) -%}
    {%- set moment = midnight + modules.datetime.timedelta(seconds=seconds) -%}
    {{ return(moment.replace(tzinfo=modules.pytz.utc)) }}
{% endmacro %}
