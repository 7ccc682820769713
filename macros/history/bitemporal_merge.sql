{% macro bitemporal_merge(
    events, key, valid_from, valid_to, recorded_at,
    columns=none, sequence_by=[], deleted_column=none, open_end=none, column_names={}
) %}
    {%- set plan = headwater._bitemporal_plan(events, key, columns, {
        "valid_from": valid_from, "valid_to": valid_to, "recorded_at": recorded_at,
        "sequence_by": sequence_by, "deleted_column": deleted_column, "open_end": open_end,
        "column_names": column_names,
    }) -%}
    with
        events as (
            select
                {{ (plan.key + plan.columns) | join(", ") }},
                {{ plan.begin }} as hw_from,
                {{ plan.end }} as hw_to,
                {{ plan.moment }} as hw_at,
                {{ plan.is_gone }} as hw_is_gone,
                dense_rank() over (order by {{ plan.key | join(", ") }}) as hw_key,
                row_number() over (order by {{ plan.order | join(", ") }}) as hw_event
            from {{ plan.source }}
            where
                {{ plan.begin }} is not null
                and {{ plan.moment }} is not null
                and ({{ plan.end }} is null or {{ plan.begin }} < {{ plan.end }})
        ),

        boundaries as (
            select hw_key, hw_from as hw_begin
            from events
            union all
            select hw_key, hw_to as hw_begin
            from events
            where hw_to is not null
        ),

        -- Pieces of valid time in which no event begins or ends.
        slices as (
            select
                hw_key,
                hw_begin,
                lead(hw_begin) over (partition by hw_key order by hw_begin) as hw_end
            from (select distinct hw_key, hw_begin from boundaries) as distinct_boundaries
        ),

        covering as (
            select
                slices.hw_begin,
                slices.hw_end,
                events.*,
                lead(events.hw_at) over (
                    partition by slices.hw_key, slices.hw_begin order by events.hw_event
                ) as hw_next_at
            from slices
            inner join
                events
                on events.hw_key = slices.hw_key
                and events.hw_from <= slices.hw_begin
                and (events.hw_to is null or slices.hw_begin < events.hw_to)
        ),

        -- Of events recorded at once the last counts; one that says what was known already is no
        -- news.
        compared as (
            select
                covering.*,
                lag(hw_is_gone) over (
                    partition by hw_key, hw_begin order by hw_event
                ) as hw_was_gone,
                {{ plan.is_same }} as hw_is_same
            from covering
            where hw_next_at is null or hw_at < hw_next_at
        ),

        news as (
            select
                compared.*,
                lead(hw_at) over (partition by hw_key, hw_begin order by hw_event) as hw_until
            from compared
            where
                case
                    when coalesce(hw_was_gone, 1) = 1
                    then hw_is_gone = 0
                    else hw_is_gone = 1 or hw_is_same = 0
                end
        ),

        -- Neighbouring pieces that one event fills, for the same time of knowing, are one.
        joined as (
            select
                news.*,
                case
                    when
                        hw_begin = lag(hw_end) over (
                            partition by hw_key, hw_event, hw_until order by hw_begin
                        )
                    then 0
                    else 1
                end as hw_is_start
            from news
            where hw_is_gone = 0
        ),

        numbered as (
            select
                joined.*,
                sum(hw_is_start) over (
                    partition by hw_key, hw_event, hw_until
                    order by hw_begin
                    rows unbounded preceding
                ) as hw_island
            from joined
        ),

        islands as (
            select
                hw_key,
                hw_event,
                hw_island,
                hw_until,
                min(hw_begin) as hw_begin,
                case when count(hw_end) = count(*) then max(hw_end) end as hw_end
            from numbered
            group by hw_key, hw_event, hw_until, hw_island
        )

    select
        {% for name in plan.key + plan.columns %} events.{{ name }}, {% endfor %}
        islands.hw_begin as {{ plan.names.valid_from }},
        {{ plan.ends[0] }} as {{ plan.names.valid_to }},
        events.hw_at as {{ plan.names.system_from }},
        {{ plan.ends[1] }} as {{ plan.names.system_to }}
    from islands
    inner join events on events.hw_event = islands.hw_event
{% endmacro %}
