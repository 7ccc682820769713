{% materialization append_dedup, default %}
    {{ return(headwater._run_incremental(
        "append_dedup", headwater.append_statements, sql, index_key=true
    )) }}
{% endmaterialization %}
