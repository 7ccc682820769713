{#- The row of a data test or a unit test. -#}
{% macro _run_log_test(result, settings) %}
    {%- set node = result.node -%}
    {%- set span = headwater._run_log_span(result) -%}
    {%- set kind = "unit" if node.resource_type | string == "unit_test"
        else "generic" if node.test_metadata else "singular" -%}
    {%- set upstream = node.depends_on.nodes if node.depends_on else [] -%}
    {{ return({
        "invocation_id": invocation_id, "node_id": node.unique_id, "test_type": kind,
        "name": node.name,
        "tested_node_id": node.tested_node_unique_id or node.attached_node or (upstream | first),
        "column_name": node.column_name,
        "severity": (node.config.severity or "") | string | lower if kind != "unit",
        "status": result.status | string | lower, "failures": result.failures,
        "started_at": span.start, "completed_at": span.end,
        "seconds": result.execution_time,
        "message": settings.said[result.message] if settings.messages,
    }) }}
{% endmacro %}
