{% materialization swap_partition, default %}
    {{ return(headwater._run_incremental(
        "swap_partition", headwater.swap_partitions, sql,
        more_options=["partition_by", "retain"], needs_key=false,
        create=headwater.create_partitioned, rebuild=headwater.rebuild_partitioned
    )) }}
{% endmaterialization %}
