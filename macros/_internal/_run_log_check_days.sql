{#- Refuses what is no number of days back from now; a calendar does not reach back much further. -#}
{% macro _run_log_check_days(macro, argument, days, least=0) %}
    {%- if days is not number or days is boolean or not (least <= days <= 36500) or not days -%}
        {{ headwater._raise_argument(
            macro, argument,
            "a number of days " ~ ("from " ~ least if least else "above 0") ~ " to 36500",
            headwater._describe(days),
        ) }}
    {%- endif -%}
{% endmacro %}
