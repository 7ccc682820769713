{#- A moment as seconds since 1970, UTC, as SQL. -#}
{% macro _sla_seconds(moment) %}
    {%- set since = modules.datetime.datetime(1970, 1, 1).replace(tzinfo=modules.pytz.utc) -%}
    {{ return("%.0f" | format((moment - since).total_seconds())) }}
{% endmacro %}
