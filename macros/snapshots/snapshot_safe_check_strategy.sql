{% macro snapshot_safe_check_strategy(
    node, snapshotted_rel, current_rel, model_config, target_exists
) %}
    {{ return(headwater._safe_snapshot(
        "safe_check", node, snapshotted_rel, current_rel, target_exists
    )) }}
{% endmacro %}
