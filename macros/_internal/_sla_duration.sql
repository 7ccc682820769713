{#- A length of time in seconds: '90m', '24h', '1h30m', '2 days', or dbt's `{count: 24, period: hour}`. -#}
{% macro _sla_duration(macro, argument, value) %}
    {%- set sizes = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "sec": 1, "min": 60,
        "hr": 3600, "second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800} -%}
    {%- set text = value -%}
    {%- if value is not boolean and value in (0, "0") -%} {%- set text = "0s" -%}
    {%- elif value is mapping -%}
        {%- set text = value.get("count") ~ (value.get("period") or "?") -%}
    {%- endif -%}
    {%- set total = namespace(seconds=0, is_read=text is string and text | trim != "") -%}
    {%- if total.is_read -%}
        {%- set pattern = "(\\d+(?:\\.\\d+)?)\\s*([a-z]+)" -%}
        {%- for number, unit in modules.re.findall(pattern, text | lower) -%}
            {%- set size = sizes.get(unit) or sizes.get(unit.rstrip("s")) -%}
            {%- if size -%} {%- set total.seconds = total.seconds + (number | float) * size -%}
            {%- else -%} {%- set total.is_read = false -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if modules.re.sub(pattern, "", text | lower) | trim -%}
            {%- set total.is_read = false -%}
        {%- endif -%}
    {%- endif -%}
    {%- if not total.is_read -%}
        {{ headwater._raise_argument(
            macro, argument, "a length of time, such as 90m, 24h, 2d or 1h30m", headwater._describe(value)
        ) }}
    {%- endif -%}
    {{ return(total.seconds) }}
{% endmacro %}
