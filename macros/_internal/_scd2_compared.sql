{#-
    A select of the events that count, one per key and time, with headwater_changed: 1 where the event
    begins a version, or a deletion, that is not there already. `events` is a select of events.

    A deletion without anything before it says nothing, unless it stands as a version already. The
    last event of a key and time is the one that counts. Windows that share their partition and
    the start of their order are worked out in one sort.
-#}
{% macro _scd2_compared(plan, events, more=[]) %}
    {%- set keys = plan.key | join(", ") -%}
    {%- set window = "over (partition by " ~ keys ~ " order by " ~ plan.order | join(", ") ~ ")" -%}
    {%- set calm = "over (partition by " ~ keys ~ " order by headwater_from)" -%}
    {%- set tied = [] -%}
    {%- for name in ["headwater_from", "headwater_gone"] + plan.sequence -%}
        {%- do tied.append(headwater.same_value(name, "lag(" ~ name ~ ") " ~ window)) -%}
    {%- endfor -%}
    {%- set kept = (plan.columns + ["headwater_from", "headwater_gone"] + more) | join(", ") -%}
    select
        {{ kept }},
        {% if not plan.is_total -%} headwater_tied, {% endif -%}
        case
            when lag(headwater_gone) {{ calm }} is null
            then
                {{ "case when headwater_origin = 0 then 1 else 1 - headwater_gone end"
                if "headwater_origin" in more else "1 - headwater_gone" }}
            when headwater_gone = 1 or lag(headwater_gone) {{ calm }} = 1
            then case when headwater_gone = lag(headwater_gone) {{ calm }} then 0 else 1 end
            {%- if plan.check %}
                when {{ headwater.changed_from_previous(plan.check, calm) }} then 1
            {%- endif %}
            else 0
        end as headwater_changed
    from
        (
            select
                {{ kept }},
                {% if not plan.is_total -%}
                    case when {{ tied | join(" and ") }} then 1 else 0 end as headwater_tied,
                {% endif -%}
                lead(headwater_from) {{ window }} as headwater_later
            from ({{ events }}) as events
        ) as placed
    where headwater_later is null or headwater_later <> headwater_from
{% endmacro %}
