{#- What the arguments of a freshness test promise, checked and in seconds; `now` is the moment to judge at. -#}
{% macro _sla_promise(macro, given) %}
    {%- if (given.max_age is none) == (given.by is none) -%}
        {{ headwater._raise_argument(
            macro, "max_age", "either 'max_age' or 'by'",
            "neither" if given.by is none else "both"
        ) }}
    {%- endif -%}
    {%- set max_age = none if given.max_age is none
        else headwater._sla_duration(macro, "max_age", given.max_age) -%}
    {{ return({
        "max_age": max_age,
        "by": none if given.by is none else headwater._sla_minutes(macro, given.by),
        "zone": headwater._sla_zone(macro, given.tz),
        "days": headwater._sla_days(macro, given.days),
        "holidays": headwater._sla_holidays(macro, given.calendar),
        "grace": headwater._sla_duration(macro, "grace", given.grace) if given.grace else 0,
        "now": headwater._sla_now(macro, given.as_of),
    }) }}
{% endmacro %}
