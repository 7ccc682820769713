{#- The row of a source in `dbt source freshness`. A source that could not be queried has no times. -#}
{% macro _run_log_source(result, settings) %}
    {%- set node, limits = result.node, result.node.freshness or {} -%}
    {{ return({
        "invocation_id": invocation_id, "node_id": node.unique_id, "source_name": node.source_name,
        "name": node.name, "status": result.status | string | lower,
        "loaded_at": result.max_loaded_at, "checked_at": result.snapshotted_at,
        "age_seconds": result.age,
        "warn_after_seconds": headwater._run_log_seconds(limits.warn_after),
        "error_after_seconds": headwater._run_log_seconds(limits.error_after),
        "message": settings.said[result.message] if settings.messages,
    }) }}
{% endmacro %}
