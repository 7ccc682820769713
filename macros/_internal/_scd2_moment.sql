{#- A moment of UTC, such as '2026-03-01 12:00:00', as a literal of a type. -#}
{% macro _scd2_moment(text, type) %}
    {%- set has_zone = "with time zone" in type | lower or type | lower in [
        "timestamptz", "timestamp_tz", "timestamp_ltz"
    ] -%}
    {%- set moment = text[:10] if type | lower == "date" else text -%}
    {{ return("cast('" ~ moment ~ ("+00" if has_zone else "") ~ "' as " ~ type ~ ")") }}
{% endmacro %}
