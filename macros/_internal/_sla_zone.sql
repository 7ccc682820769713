{#- A time zone by its name in the tz database, such as 'Europe/Berlin'. -#}
{% macro _sla_zone(macro, name) %}
    {%- if name not in modules.pytz.all_timezones_set -%}
        {{ headwater._raise_argument(
            macro, "tz", "the name of a time zone, such as 'Europe/Berlin'",
            headwater._describe(name),
            headwater._suggestion(name, modules.pytz.all_timezones) if name is string
        ) }}
    {%- endif -%}
    {{ return(modules.pytz.timezone(name)) }}
{% endmacro %}
