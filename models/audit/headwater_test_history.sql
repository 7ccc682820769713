{{ config(enabled=var("headwater_audit", false), materialized="view") }}

with
    invocations as (select * from {{ headwater.get_run_log_rows("invocations") }} as invocations),
    tests as (select * from {{ headwater.get_run_log_rows("tests") }} as tests),
    in_order as (
        select
            tests.*,
            invocations.started_at as run_started_at,
            lag(tests.status) over (
                partition by tests.node_id order by invocations.started_at, tests.invocation_id
            ) as status_before
        from tests
        inner join invocations on invocations.invocation_id = tests.invocation_id
        where
            tests.status not in ('skipped', 'reused')
            {# A test of no rows, or of some, tells nothing of the test. #}
            and not coalesce(invocations.is_empty, false)
            and not coalesce(invocations.is_sample, false)
    )

select
    node_id,
    min(name) as name,
    min(test_type) as test_type,
    min(tested_node_id) as tested_node_id,
    count(*) as run_count,
    sum(case when status in ('fail', 'error') then 1 else 0 end) as failure_count,
    sum(case when status = 'warn' then 1 else 0 end) as warning_count,
    sum(
        case
            when status_before is not null and (status = 'pass') <> (status_before = 'pass')
            then 1
            else 0
        end
    ) as change_count,
    max(case when status in ('fail', 'error') then run_started_at end) as last_failed_at,
    max(case when status = 'pass' then run_started_at end) as last_passed_at,
    max(run_started_at) as last_run_at
from in_order
group by node_id
