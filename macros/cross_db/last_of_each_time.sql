{% macro last_of_each_time(plan, columns, events) %}
    {{- adapter.dispatch("last_of_each_time", "headwater")(plan, columns, events) -}}
{% endmacro %}

{% macro default__last_of_each_time(plan, columns, events) %}
    {%- set keys = plan.key | join(", ") -%}
    {%- set order = plan.order | join(", ") -%}
    {%- set counts = "headwater_later is null or headwater_later <> headwater_from" -%}
    select
        {{ columns | join(", ") }}
        {{- ", case when " ~ counts ~ " then 0 else 1 end as headwater_beaten" if plan.recalls }}
    from
        (
            select
                {{ columns | join(", ") }},
                lag(headwater_from) over (
                    partition by {{ keys }} order by {{ order }}
                ) as headwater_later
                {%- if plan.recalls %}
                    ,
                    sum(1 - headwater_gone) over (
                        partition by {{ keys }}
                        order by {{ order }}
                        rows between unbounded preceding and current row
                    ) as headwater_there
                {%- endif %}
            from ({{ events }}) as events
        ) as sorted
    where {{ counts }} {{ "or (headwater_gone = 0 and headwater_there = 1)" if plan.recalls }}
{% endmacro %}

{#
    Half the price of a window, and the sort serves the windows that come after it; but bytes of a row
    would be made for the sort, and carried through it.
#}
{% macro postgres__last_of_each_time(plan, columns, events) %}
    {%- if plan.recalls or not plan.is_plain -%}
        {{- headwater.default__last_of_each_time(plan, columns, events) -}}
    {%- else -%}
        select distinct on ({{ plan.key | join(", ") }}, headwater_from) {{ columns | join(", ") }}
        from ({{ events }}) as events
        order by {{ (plan.key + plan.order) | join(", ") }}
    {%- endif -%}
{% endmacro %}

{% macro redshift__last_of_each_time(plan, columns, events) %}
    {{- headwater.default__last_of_each_time(plan, columns, events) -}}
{% endmacro %}
