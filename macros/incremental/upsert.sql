{% materialization upsert, default %}
    {{ return(headwater._run_incremental(
        "upsert", headwater.upsert_statements, sql, index_key=true
    )) }}
{% endmaterialization %}
