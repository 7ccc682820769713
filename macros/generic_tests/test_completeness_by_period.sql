{% test completeness_by_period(
    model, column=none, preset=none, period="day", lookback=30, min_rows=1, min_ratio=none, tz="UTC",
    days="daily", calendar=none, grace=none, per=[], as_of=none, column_name=none
) %}
    {%- set macro = "completeness_by_period" -%}
    {%- do headwater._check_choice(macro, "period", period, ["hour", "day", "week", "month"]) -%}
    {%- for name, value in {"lookback": lookback, "min_rows": min_rows}.items() -%}
        {%- if value is not number or value is boolean or value < 1 -%}
            {{ headwater._raise_argument(
                macro, name, "a number, at least 1", headwater._describe(value)
            ) }}
        {%- endif -%}
    {%- endfor -%}
    {%- if min_ratio is not none and (
        min_ratio is not number or min_ratio is boolean or min_ratio <= 0 or min_ratio > 1
    ) -%}
        {{ headwater._raise_argument(
            macro, "min_ratio", "a number above 0, at most 1", headwater._describe(min_ratio)
        ) }}
    {%- endif -%}
    {%- set periods = headwater._sla_periods({
        "period": period, "lookback": lookback | int,
        "zone": headwater._sla_zone(macro, tz), "days": headwater._sla_days(macro, days),
        "holidays": headwater._sla_holidays(macro, calendar),
        "grace": headwater._sla_duration(macro, "grace", grace) if grace else 0,
        "now": headwater._sla_now(macro, as_of),
    }) -%}
    {%- set at = headwater._sla_column(macro, column or column_name, preset) -%}
    {%- if per -%} {%- do headwater._check_column_list(macro, "per", per) -%} {%- endif -%}
    {%- set names = headwater.get_quoted_identifiers(per) if per else [] -%}
    {%- set keys = [] -%}
    {%- for name in names -%} {%- do keys.append("key_" ~ loop.index) -%} {%- endfor -%}
    {%- set keys_and = keys | join(", ") ~ (", " if keys else "") -%}
    with
        periods as (
            {%- for each in periods %}
                select
                    '{{ each.label }}' as period,
                    {{ each.begins }} as begins,
                    {{ each.ends }} as ends
                    {{ "union all" if not loop.last }}
            {%- endfor %}
        ),
        given as (
            select
                {% for name in names %} {{ name }} as {{ keys[loop.index0] }}, {% endfor %}
                {{ at }} as at_seconds
            from {{ model }}
        ),
        {#- A period before the first row of all, or of a key, is not missed. -#}
        parts as (
            select {{ keys_and }} min(at_seconds) as first_seconds
            from given
            where at_seconds is not null
            {%- if keys %} group by {{ keys | join(", ") }}{% endif %}
        ),
        filled as (
            select {{ keys_and }} periods.period, count(*) as row_count
            from given
            join periods on given.at_seconds >= periods.begins and given.at_seconds < periods.ends
            group by {{ keys_and }} periods.period
        ),
        counted as (
            select
                {% for key in keys %} parts.{{ key }}, {% endfor %}
                periods.period,
                coalesce(filled.row_count, 0) as row_count
            from periods
            join parts on periods.ends > coalesce(parts.first_seconds, 0)
            left join
                filled on filled.period = periods.period
                {%- for key in keys %}
                    and (
                        filled.{{ key }} = parts.{{ key }}
                        or (filled.{{ key }} is null and parts.{{ key }} is null)
                    )
                {%- endfor %}
        ),
        ranked as (
            select
                counted.*,
                row_number() over (
                    partition by {{ keys_and }} 1 order by row_count, period
                ) as place,
                count(*) over (partition by {{ keys_and }} 1) as places
            from counted
        ),
        {#- The median: the one in the middle, or the mean of the two. -#}
        medians as (
            select {{ keys_and }} avg(cast(row_count as {{ dbt.type_float() }})) as usual_rows
            from ranked
            where 2 * place between places and places + 2
            {%- if keys %} group by {{ keys | join(", ") }}{% endif %}
        )

    select
        {% for name in names %} ranked.{{ keys[loop.index0] }} as {{ name }}, {% endfor %}
        ranked.period,
        ranked.row_count,
        medians.usual_rows
    from ranked
    join
        medians on 1 = 1
        {%- for key in keys %}
            and (
                medians.{{ key }} = ranked.{{ key }}
                or (medians.{{ key }} is null and ranked.{{ key }} is null)
            )
        {%- endfor %}
    where
        ranked.row_count < {{ min_rows }}
        {%- if min_ratio is not none %}
            or ranked.row_count < {{ min_ratio }} * medians.usual_rows
        {%- endif %}
{% endtest %}
