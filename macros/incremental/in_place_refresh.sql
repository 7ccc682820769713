{% materialization in_place_refresh, default %}
    {{ return(headwater._run_incremental(
        "in_place_refresh", headwater._no_statements, sql, needs_key=false, always_rebuild=true
    )) }}
{% endmaterialization %}
