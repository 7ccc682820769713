{{ config(enabled=var("headwater_audit", false), materialized="view") }}

with
    good_runs as (
        select
            node_id,
            name,
            materialized,
            run_started_at,
            invocation_id,
            seconds,
            row_number() over (
                partition by node_id order by run_started_at desc, invocation_id
            ) as newness
        from {{ ref("headwater_run_history") }}
        where
            status = 'success'
            and resource_type <> 'operation'
            and not coalesce(is_empty, false)
            and not coalesce(is_sample, false)
    ),
    earlier as (
        select
            node_id,
            seconds,
            row_number() over (partition by node_id order by seconds) as place,
            count(*) over (partition by node_id) as places
        from good_runs
        where newness between 2 and 100
    ),
    usual as (
        select
            node_id,
            max(places) as run_count,
            {# Nearest ranks: a time that a run really took. #}
            min(case when 100 * place >= 50 * places then seconds end) as p50_seconds,
            min(case when 100 * place >= 95 * places then seconds end) as p95_seconds
        from earlier
        group by node_id
    )

select
    good_runs.node_id,
    good_runs.name,
    good_runs.materialized,
    good_runs.run_started_at as last_run_at,
    good_runs.seconds as last_seconds,
    coalesce(usual.run_count, 0) as earlier_run_count,
    usual.p50_seconds,
    usual.p95_seconds,
    coalesce(
        usual.run_count >= 3
        and good_runs.seconds > 1.5 * usual.p50_seconds
        and good_runs.seconds > usual.p50_seconds + 1
        and good_runs.seconds > usual.p95_seconds,
        false
    ) as is_slower
from good_runs
left join usual on usual.node_id = good_runs.node_id
where good_runs.newness = 1
