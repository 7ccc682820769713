{#-
    An instant as SQL. A date or a time is one of UTC, whatever the session's zone; one with an offset is
    brought to UTC here. Anything else is the expression that it is.
-#}
{% macro _instant(macro, argument, value) %}
    {%- set text = (value.isoformat(" ") if value.isoformat is defined else value | string) | trim -%}
    {%- if not text or (value is not string and value.isoformat is undefined) -%}
        {{ headwater._raise_argument(
            macro, argument, "a time such as '2026-03-01' or '2026-03-01 12:00:00+00', or an SQL expression",
            headwater._describe(value)
        ) }}
    {%- endif -%}
    {%- set clock = "[0-9][0-9]:[0-9][0-9](?::[0-9][0-9](?:[.][0-9]+)?)?" -%}
    {%- set parts = modules.re.match(
        "([0-9]+-[0-9][0-9]-[0-9][0-9])(?:[ T](" ~ clock ~ "))?"
        ~ " ?(Z|UTC|[+-][0-9][0-9](?::?[0-9][0-9])?)?$", text
    ) -%}
    {%- if not parts -%}
        {%- if modules.re.match("[0-9][0-9][0-9][0-9]-", text) -%}
            {{ headwater._raise_argument(
                macro, argument, "a time such as '2026-03-01' or '2026-03-01 12:00:00+00'",
                headwater._describe(value)
            ) }}
        {%- endif -%}
        {{ return("(" ~ text ~ ")") }}
    {%- endif -%}
    {%- set time = parts.group(2) or "00:00" -%}
    {%- set moment = parts.group(1) ~ " " ~ (time if time | length > 5 else time ~ ":00") -%}
    {%- set offset = parts.group(3) or "Z" -%}
    {%- if offset[1:] | replace(":", "") | replace("0", "") and offset[0] in "+-" -%}
        {%- set form = "%Y-%m-%d %H:%M:%S" ~ (".%f" if "." in moment else "") -%}
        {%- set digits = offset[1:] | replace(":", "") -%}
        {%- set minutes = (digits[:2] | int) * 60 + (digits[2:] or "0") | int -%}
        {%- set shift = modules.datetime.timedelta(minutes=minutes if offset[0] == "-" else -minutes) -%}
        {%- set moment = (modules.datetime.datetime.strptime(moment, form) + shift).strftime(form) -%}
    {%- endif -%}
    {{ return(headwater.instant_literal(moment)) }}
{% endmacro %}
