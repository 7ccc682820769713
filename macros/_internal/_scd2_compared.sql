{#-
    A select of the events that count, one per key and time, with headwater_changed: 1 where the event
    begins a version, or a deletion, that is not there already. `events` is a select of events.

    Where type-1 columns ask for it (plan.recalls), the newest event that is no deletion is there too when one
    of its own time beats it: it changes nothing, and stands right behind that deletion.

    A deletion without anything before it says nothing, unless it stands as a version already. All goes
    from the last event of a key to its first, so that one sort is enough for this and for what follows.
-#}
{% macro _scd2_compared(plan, events, more=[]) %}
    {%- set keys = plan.key | join(", ") -%}
    {%- set order = "headwater_from desc" ~ (", headwater_gone desc" if plan.recalls else "") -%}
    {%- set window = "over (partition by " ~ keys ~ " order by " ~ order ~ ")" -%}
    {%- set before = "lead(headwater_gone) " ~ window -%}
    {%- if plan.recalls -%}
        {%- set before = "case when lead(headwater_beaten) " ~ window ~ " = 1 then lead(headwater_gone, 2) "
            ~ window ~ " else " ~ before ~ " end" -%}
    {%- endif -%}
    {%- set kept = plan.columns + ["headwater_from"] + (["headwater_gone"] if plan.has_gone else []) + more -%}
    select
        {{ kept | join(", ") }},
        case
            {%- if plan.recalls %} when headwater_beaten = 1 then 0 {%- endif %}
            {%- if plan.has_gone %}
                when {{ before }} is null
                then
                    {{ "case when headwater_origin = 0 then 1 else 1 - headwater_gone end"
                if "headwater_origin" in more else "1 - headwater_gone" }}
                when headwater_gone = 1 or {{ before }} = 1
                then case when headwater_gone = {{ before }} then 0 else 1 end
            {%- elif not plan.check %} when lead(headwater_from) {{ window }} is null then 1
            {%- endif %}
            {%- if plan.check %}
                when {{ headwater.changed_from_neighbour(plan.check, "lead", window) }} then 1
            {%- endif %}
            else 0
        end as headwater_changed
    from ({{ headwater.last_of_each_time(plan, kept, events) }}) as placed
{% endmacro %}
