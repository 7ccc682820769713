{#- The names of a snapshot's own columns, as its config gives them. -#}
{% macro _snapshot_names() %}
    {{ return(config.get("snapshot_table_column_names") or get_snapshot_table_column_names()) }}
{% endmacro %}
