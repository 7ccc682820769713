{{ config(enabled=var("headwater_audit", false), materialized="view") }}

with
    checks as (
        select
            sources.*,
            row_number() over (
                partition by node_id order by checked_at desc, invocation_id
            ) as newness
        from {{ headwater.get_run_log_rows("sources") }} as sources
        where checked_at is not null
    ),
    {%- set since = {} -%}
    {%- for days in [7, 30] -%}
        {%- do since.update({days: dbt.dateadd("day", -days, headwater.utc_now())}) -%}
    {%- endfor %}
    counted as (
        select
            node_id,
            {%- for days in [7, 30] %}
                sum(
                    case when checked_at >= {{ since[days] }} then 1 else 0 end
                ) as checks_{{ days }}_days,
                sum(
                    case when checked_at >= {{ since[days] }} and status = 'pass' then 1 else 0 end
                ) as kept_{{ days }}_days,
            {%- endfor %}
            max(age_seconds) as oldest_seconds
        from checks
        group by node_id
    )

select
    checks.node_id,
    checks.source_name,
    checks.name,
    checks.status as last_status,
    checks.loaded_at as last_loaded_at,
    checks.checked_at as last_checked_at,
    checks.age_seconds as last_age_seconds,
    checks.warn_after_seconds,
    checks.error_after_seconds,
    counted.checks_7_days,
    counted.kept_7_days,
    counted.checks_30_days,
    counted.kept_30_days,
    counted.oldest_seconds
from checks
inner join counted on counted.node_id = checks.node_id
where checks.newness = 1
