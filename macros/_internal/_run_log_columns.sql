{#-
    The columns of the tables of the run log, by table, with their kinds: text, time, number (whole),
    seconds, flag. A column that is added later comes last; one that is there never changes its name.
-#}
{% macro _run_log_columns() %}
    {{ return({
        "invocations": {
            "invocation_id": "text", "log_version": "number", "project_name": "text",
            "command": "text", "target_name": "text", "adapter_type": "text", "dbt_version": "text",
            "started_at": "time", "logged_at": "time", "seconds": "seconds", "status": "text",
            "is_full_refresh": "flag", "is_empty": "flag", "is_sample": "flag",
            "is_deferred": "flag", "is_retry": "flag", "selection": "text", "var_names": "text",
            "labels": "text", "node_count": "number", "error_count": "number",
            "warn_count": "number", "skip_count": "number",
        },
        "nodes": {
            "invocation_id": "text", "node_id": "text", "resource_type": "text", "name": "text",
            "package_name": "text", "materialized": "text", "relation_name": "text",
            "status": "text", "started_at": "time", "completed_at": "time", "seconds": "seconds",
            "compile_seconds": "seconds", "rows_affected": "number", "bytes_processed": "number",
            "query_id": "text", "thread": "text", "message": "text",
        },
        "tests": {
            "invocation_id": "text", "node_id": "text", "test_type": "text", "name": "text",
            "tested_node_id": "text", "column_name": "text", "severity": "text", "status": "text",
            "failures": "number", "started_at": "time", "completed_at": "time",
            "seconds": "seconds", "message": "text",
        },
        "sources": {
            "invocation_id": "text", "node_id": "text", "source_name": "text", "name": "text",
            "status": "text", "loaded_at": "time", "checked_at": "time", "age_seconds": "seconds",
            "warn_after_seconds": "number", "error_after_seconds": "number", "message": "text",
        },
    }) }}
{% endmacro %}
