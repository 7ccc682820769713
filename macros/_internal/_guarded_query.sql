{#-
    The query that a guarded snapshot reads: one row per key where on_duplicate_key says so. A strategy of
    dbt's own is checked here, which a safe one has done by itself, and gets a key that may be NULL.
-#}
{% macro _guarded_query(strategy, query, target_exists) %}
    {%- if not headwater.guarded_snapshot() -%} {{ return(query) }} {%- endif -%}
    {%- set ours = strategy.get("headwater") -%}
    {%- set options = headwater._guard_options(ours is not none) -%}
    {%- if not ours -%}
        {%- set reading = headwater._snapshot_reading("guarded_snapshot", query, options) -%}
        {%- do headwater._check_snapshot_rows(reading) -%}
        {%- if target_exists -%} {%- do headwater._check_snapshot_deletes(reading) -%} {%- endif -%}
        {%- set ours = {
            "parts": reading.parts, "moment": reading.moment,
            "columns": reading.known | map(attribute="name") | list,
        } -%}
        {#- dbt asks for the statement twice; the checks have been made then. -#}
        {%- do strategy.update({
            "unique_key": reading.key, "hard_deletes": reading.deletes,
            "invalidate_hard_deletes": reading.deletes == "invalidate", "headwater": ours,
        }) -%}
    {%- endif -%}
    {%- if options.on_duplicate_key != "dedup" -%} {{ return(query) }} {%- endif -%}
    {%- set key = headwater.key_value(ours.parts) -%}
    {{ return(headwater.dedup(
        "select *, " ~ key ~ " as hw_key from (" ~ query ~ ") as given", ["hw_key"],
        order_by=[{"expression": ours.moment}], columns=ours.columns
    )) }}
{% endmacro %}
