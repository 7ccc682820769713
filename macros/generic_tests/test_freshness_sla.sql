{% test freshness_sla(
    model, column=none, preset=none, max_age=none, by=none, tz="UTC", days="daily", calendar=none,
    grace=none, per=[], event_column=none, event_max_age=none, future="5 minutes", as_of=none,
    column_name=none
) %}
    {%- set promise = headwater._sla_promise("freshness_sla", {
        "max_age": max_age, "by": by, "tz": tz, "days": days, "calendar": calendar, "grace": grace,
        "as_of": as_of,
    }) -%}
    {%- set cutoff = headwater._sla_cutoff(promise) -%}
    {%- set measures = [{
        "name": "loaded", "cutoff": cutoff,
        "at": headwater._sla_column("freshness_sla", column or column_name, preset),
    }] -%}
    {%- if event_column is not none -%}
        {%- set seconds = none if event_max_age is none
            else headwater._sla_duration("freshness_sla", "event_max_age", event_max_age) -%}
        {%- do measures.append({
            "name": "happened",
            "cutoff": cutoff if seconds is none
            else promise.now - modules.datetime.timedelta(seconds=seconds),
            "at": headwater._sla_column("freshness_sla", event_column, none),
        }) -%}
    {%- endif -%}
    {%- set ahead = headwater._sla_duration("freshness_sla", "future", future) -%}
    {%- set latest = headwater._sla_seconds(
        promise.now + modules.datetime.timedelta(seconds=ahead)
    ) -%}
    {%- if per -%}
        {%- do headwater._check_column_list("freshness_sla", "per", per) -%}
    {%- endif -%}
    {%- set keys = headwater.get_quoted_identifiers(per) if per else [] -%}
    {%- set keys_and = keys | join(", ") ~ (", " if keys else "") -%}
    with
        {%- for measure in measures %}
            {{ measure.name }}_rows as (
                select {{ keys_and }} {{ measure.at }} as at_seconds from {{ model }}
            ),
            {{ measure.name }} as (
                select
                    {{ keys_and }}
                    '{{ measure.name }}' as measure,
                    count(*) as row_count,
                    max(case when at_seconds <= {{ latest }} then at_seconds end) as newest,
                    sum(case when at_seconds > {{ latest }} then 1 else 0 end) as future_rows,
                    {{ headwater._sla_seconds(measure.cutoff) if measure.cutoff else "null" }}
                    as allowed
                from {{ measure.name }}_rows
                {%- if keys %} group by {{ keys | join(", ") }}{% endif %}
            ),
        {%- endfor %}
        judged as (
            {%- for measure in measures %}
                select
                    measured.*,
                    case
                        when row_count = 0
                        then 'no rows'
                        when newest is null and future_rows = 0
                        then 'no time'
                        when newest is null or newest < allowed
                        then 'late'
                        when future_rows > 0
                        then 'in the future'
                    end as problem
                from {{ measure.name }} as measured
                {%- if not loop.last %}
                    union all
                {%- endif %}
            {%- endfor %}
        )

    select
        {{ keys_and }}
        measure,
        problem,
        {{ headwater.epoch_time("newest") }} as newest_at,
        {{ headwater.epoch_time("allowed") }} as not_older_than,
        future_rows
    from judged
    where problem is not null
    {%- if keys %}
        union all
        select {% for key in keys %} null, {% endfor %} 'loaded', 'no rows', null, null, 0
        where not exists (select 1 from {{ model }})
    {%- endif %}
{% endtest %}
