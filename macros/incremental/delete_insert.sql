{% materialization delete_insert, default %}
    {{ return(headwater._run_incremental(
        "delete_insert", headwater._delete_insert_statements, sql
    )) }}
{% endmaterialization %}
