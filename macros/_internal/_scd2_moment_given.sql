{#- A date or time that somebody wrote, as a literal of a type. -#}
{% macro _scd2_moment_given(macro, argument, value, type) %}
    {%- set text = value | string | trim | replace("T", " ") -%}
    {%- if not modules.re.match(
        "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])( ([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d([.]\\d{1,6})?)?)?$", text) -%}
        {{ headwater._raise_argument(
            macro, argument, "a date or time of UTC, such as '2026-03-01' or '2026-03-01 12:00'",
            headwater._describe(value)
        ) }}
    {%- endif -%}
    {{ return(headwater._scd2_moment(text if text | length > 10 else text ~ " 00:00:00", type)) }}
{% endmacro %}
