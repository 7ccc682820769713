{#- A moment of UTC, such as '2026-03-01 12:00:00', as a literal of a type. -#}
{% macro _scd2_moment(text, type) %}
    {%- set moment = text[:10] if type | lower == "date" else text -%}
    {%- set zone = "+00" if headwater._has_zone(type) else "" -%}
    {{ return("cast('" ~ moment ~ zone ~ "' as " ~ type ~ ")") }}
{% endmacro %}
