{% macro rebuild_partitioned(run) %}
    {%- do adapter.dispatch("rebuild_partitioned", "headwater")(run) -%}
{% endmacro %}

{% macro default__rebuild_partitioned(run) %}
    {%- do headwater._rebuild_table(run) -%}
{% endmacro %}

{# All partitions go, and the table as well if it is cut by another rule than before. #}
{% macro postgres__rebuild_partitioned(run) %}
    {%- do headwater._check_owner(run, "partition_by") -%}
    {%- set by = headwater._partition_option(run) -%}
    {%- set name = run.target.include(database=false) | string | replace("'", "''") -%}
    {%- call statement("headwater_rule", fetch_result=true) -%}
        select pg_get_partkeydef(to_regclass('{{ name }}'))
    {%- endcall -%}
    {%- set rule = load_result("headwater_rule").data[0][0] or "" -%}
    {%- if rule | replace('"', "") != by.method | upper ~ " (" ~ by.field ~ ")" -%}
        {%- call statement("headwater_drop") -%} {{ "drop table " ~ run.target }} {%- endcall -%}
        {%- do headwater.create_partitioned(run) -%}
    {%- else -%}
        {%- call statement("headwater_drop") -%} {{ headwater._drop_partitions(run.target) }}
        {%- endcall -%}
        {%- do run.options.update({"on_schema_change": "sync_all_columns"}) -%}
        {%- do run.update({"is_emptied": true}) -%}
        {%- do headwater._fit_columns(run) -%}
        {%- do headwater.fit_indexes(run) -%}
        {%- do headwater._create_default_partition(run, by) -%}
        {%- do headwater.run_statements(headwater.swap_partitions(run)) -%}
    {%- endif -%}
{% endmacro %}

{% macro redshift__rebuild_partitioned(run) %}
    {%- do headwater._rebuild_table(run) -%}
{% endmacro %}
