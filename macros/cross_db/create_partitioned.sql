{% macro create_partitioned(run) %}
    {%- do adapter.dispatch("create_partitioned", "headwater")(run) -%}
{% endmacro %}

{% macro default__create_partitioned(run) %}
    {%- do headwater._partition_option(run) -%} {%- do headwater._create_table(run) -%}
{% endmacro %}

{% macro postgres__create_partitioned(run) %}
    {%- set by = headwater._partition_option(run) -%}
    {%- set contract = config.get("contract") -%}
    {%- call statement("headwater_create") -%}
        create table {{ run.target }}
        {% if contract and contract.enforced -%} {{ get_table_columns_and_constraints() }}
        {%- else -%} (like {{ run.batch }})
        {%- endif %}
        partition by {{ by.method }} ({{ by.column }})
    {%- endcall -%}
    {%- do headwater._create_default_partition(run, by) -%}
    {%- do run.update({
        "facts": headwater.relation_facts(run.target), "is_created": true,
        "columns": run.batch_facts.columns | map(attribute="name") | list,
    }) -%}
    {%- do headwater.fit_indexes(run) -%}
    {%- do headwater.run_statements(headwater.swap_partitions(run)) -%}
{% endmacro %}

{% macro redshift__create_partitioned(run) %}
    {%- do headwater.default__create_partitioned(run) -%}
{% endmacro %}
