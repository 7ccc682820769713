{#- A time of day as minutes since midnight; YAML reads 07:00 without quotes as such a number itself. -#}
{% macro _sla_minutes(macro, value) %}
    {%- set minutes = namespace(value=-1) -%}
    {#- Below 60 it was no time: who writes 7 means seven o'clock. -#}
    {%- if value is number and value is not boolean and value >= 60 -%}
        {%- set minutes.value = value | int -%}
    {%- elif value is string and modules.re.fullmatch("\\d{1,2}:[0-5]\\d", value | trim) -%}
        {%- set parts = (value | trim).split(":") -%}
        {%- set minutes.value = (parts[0] | int) * 60 + (parts[1] | int) -%}
    {%- endif -%}
    {%- if minutes.value < 0 or minutes.value >= 1440 -%}
        {{ headwater._raise_argument(
            macro, "by", "a time of day, such as '07:00'", headwater._describe(value)
        ) }}
    {%- endif -%}
    {{ return(minutes.value) }}
{% endmacro %}
