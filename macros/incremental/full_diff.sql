{% materialization full_diff, default %}
    {{ return(headwater._run_incremental(
        "full_diff", headwater._full_diff_statements, sql, index_key=true
    )) }}
{% endmaterialization %}
