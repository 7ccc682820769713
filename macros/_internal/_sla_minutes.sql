{#- A time of day ('07:00', '7am') as minutes since midnight; YAML reads 7:00 without quotes as such a number. -#}
{% macro _sla_minutes(macro, value) %}
    {%- set minutes = namespace(value=-1) -%}
    {#- Below 60 it was no time: who writes 7 means seven o'clock. -#}
    {%- if value is number and value is not boolean and value >= 60 -%}
        {%- set minutes.value = value | int -%}
    {%- elif value is string and modules.re.fullmatch("\\d{1,2}:[0-5]\\d", value | trim) -%}
        {%- set parts = (value | trim).split(":") -%}
        {%- set minutes.value = (parts[0] | int) * 60 + (parts[1] | int) -%}
    {%- elif value is string and modules.re.fullmatch("(1[0-2]|0?[1-9])(:[0-5]\\d)? ?[ap]m", value | trim | lower) -%}
        {%- set parts = (value | lower).replace("am", "").replace("pm", "").split(":") -%}
        {%- set minutes.value = (parts[0] | int) % 12 * 60 + (parts[1] | default(0) | int)
            + (720 if "p" in value | lower else 0) -%}
    {%- endif -%}
    {%- if minutes.value < 0 or minutes.value >= 1440 -%}
        {{ headwater._raise_argument(
            macro, "by", "a time of day, such as '07:00'", headwater._describe(value)
        ) }}
    {%- endif -%}
    {{ return(minutes.value) }}
{% endmacro %}
