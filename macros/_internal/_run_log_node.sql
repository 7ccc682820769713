{#- The row of a model, seed, snapshot or function. -#}
{% macro _run_log_node(result, settings) %}
    {%- set node, answer = result.node, result.adapter_response or {} -%}
    {%- set span = headwater._run_log_span(result) -%}
    {%- set affected = answer.get("rows_affected") if answer is mapping -%}
    {%- set answer = answer if answer is mapping else {} -%}
    {{ return({
        "invocation_id": invocation_id, "node_id": node.unique_id,
        "resource_type": node.resource_type, "name": node.name, "package_name": node.package_name,
        "materialized": node.config.materialized if node.config,
        "relation_name": node.relation_name, "status": result.status | string | lower,
        "started_at": span.start, "completed_at": span.end,
        "seconds": result.execution_time, "compile_seconds": span.compile_seconds,
        "rows_affected": affected if affected is number and affected >= 0,
        "bytes_processed": answer.get("bytes_processed"),
        "query_id": answer.get("query_id") or answer.get("job_id"), "thread": result.thread_id,
        "message": settings.said[result.message] if settings.messages,
    }) }}
{% endmacro %}
