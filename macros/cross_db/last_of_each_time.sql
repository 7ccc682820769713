{% macro last_of_each_time(plan, columns, events) %}
    {{- adapter.dispatch("last_of_each_time", "headwater")(plan, columns, events) -}}
{% endmacro %}

{% macro default__last_of_each_time(plan, columns, events) %}
    select {{ columns | join(", ") }}
    from
        (
            select
                {{ columns | join(", ") }},
                lag(headwater_from) over (
                    partition by {{ plan.key | join(", ") }} order by {{ plan.order | join(", ") }}
                ) as headwater_later
            from ({{ events }}) as events
        ) as sorted
    where headwater_later is null or headwater_later <> headwater_from
{% endmacro %}

{#
    Half the price of a window, and the sort serves the windows that come after it; but bytes of a row
    would be made for the sort, and carried through it.
#}
{% macro postgres__last_of_each_time(plan, columns, events) %}
    {%- if not plan.is_plain -%} {{- headwater.default__last_of_each_time(plan, columns, events) -}}
    {%- else -%}
        select distinct on ({{ plan.key | join(", ") }}, headwater_from) {{ columns | join(", ") }}
        from ({{ events }}) as events
        order by {{ (plan.key + plan.order) | join(", ") }}
    {%- endif -%}
{% endmacro %}

{% macro redshift__last_of_each_time(plan, columns, events) %}
    {{- headwater.default__last_of_each_time(plan, columns, events) -}}
{% endmacro %}
