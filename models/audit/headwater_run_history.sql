{{ config(enabled=var("headwater_audit", false), materialized="view") }}

with
    invocations as (select * from {{ headwater.get_run_log_rows("invocations") }} as invocations),
    nodes as (select * from {{ headwater.get_run_log_rows("nodes") }} as nodes)

select
    nodes.invocation_id,
    invocations.command,
    invocations.target_name,
    invocations.started_at as run_started_at,
    invocations.seconds as run_seconds,
    invocations.is_full_refresh,
    invocations.is_empty,
    invocations.is_sample,
    invocations.is_deferred,
    invocations.is_retry,
    nodes.node_id,
    nodes.name,
    nodes.resource_type,
    nodes.materialized,
    nodes.status,
    nodes.started_at,
    nodes.completed_at,
    nodes.seconds,
    nodes.rows_affected,
    nodes.thread,
    nodes.message
from nodes
inner join invocations on invocations.invocation_id = nodes.invocation_id
