{#- Whether a type of time is one of instants, which look different in every zone. -#}
{% macro _has_zone(type) %}
    {%- set name = type | lower -%}
    {{ return(
        "with time zone" in name or name in ["timestamptz", "timestamp_tz", "timestamp_ltz"]
    ) }}
{% endmacro %}
