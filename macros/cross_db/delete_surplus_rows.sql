{% macro delete_surplus_rows(relation, plan, dry_run, batch_size) %}
    {%- do adapter.dispatch("delete_surplus_rows", "headwater")(
        relation, plan, dry_run, batch_size
    ) -%}
{% endmacro %}

{% macro default__delete_surplus_rows(relation, plan, dry_run, batch_size) %}
    {{ headwater._raise_argument(
        "dedup_delete", "relation", "a table on an engine whose rows have an address",
        adapter.type(), "write a new table from dedup()"
    ) }}
{% endmacro %}

{#
    A row is told by its partition and its place, which can't change under the lock. The lock lets
    others read. `on commit drop` leaves nothing behind whatever happens.
#}
{% macro postgres__delete_surplus_rows(relation, plan, dry_run, batch_size) %}
    {%- set surplus -%}
        select
            headwater_rows.headwater_table as table_id, headwater_rows.headwater_address as address,
            {{ headwater._dedup_keeps(plan) }} as place
        from (
            select given.*, tableoid as headwater_table, ctid as headwater_address from {{ relation }} as given
        ) as headwater_rows
    {%- endset -%}
    {%- do headwater._check_may_delete("dedup_delete", relation) -%}
    {%- if not dry_run -%}
        {%- do run_query("begin; lock table " ~ relation ~ " in share row exclusive mode") -%}
    {%- endif -%}
    {%- do headwater._delete_batches(relation, dry_run, batch_size, {
        "stage": "create temporary table headwater_surplus on commit drop as "
        ~ "select table_id, address, (row_number() over () - 1) / " ~ batch_size ~ " as batch from ("
        ~ surplus ~ ") as placed where place > 1; analyze headwater_surplus",
        "count": "select count(*) from (" ~ surplus ~ ") as placed where place > 1",
        "delete": "with gone as (delete from " ~ relation ~ " as given using headwater_surplus as surplus "
        ~ "where given.ctid = surplus.address and given.tableoid = surplus.table_id and surplus.batch = ",
        "delete_end": " returning 1) select count(*) from gone",
        "drop": "drop table headwater_surplus",
    }) -%}
{% endmacro %}

{% macro redshift__delete_surplus_rows(relation, plan, dry_run, batch_size) %}
    {%- do headwater.default__delete_surplus_rows(relation, plan, dry_run, batch_size) -%}
{% endmacro %}

{#
    One writer at a time, and a second one's commit fails where both changed the same rows. dbt has begun
    the transaction when it looked for the table.
#}
{% macro duckdb__delete_surplus_rows(relation, plan, dry_run, batch_size) %}
    {%- set surplus -%}
        select headwater_address as address, {{ headwater._dedup_keeps(plan) }} as place
        from (select given.*, rowid as headwater_address from {{ relation }} as given) as headwater_rows
    {%- endset -%}
    {%- do headwater._delete_batches(relation, dry_run, batch_size, {
        "stage": "create or replace temporary table headwater_surplus as "
        ~ "select address, (row_number() over () - 1) // " ~ batch_size ~ " as batch from ("
        ~ surplus ~ ") as placed where place > 1",
        "count": "select count(*) from (" ~ surplus ~ ") as placed where place > 1",
        "delete": "delete from " ~ relation ~ " where rowid in "
        ~ "(select address from headwater_surplus where batch = ",
        "delete_end": ")",
        "drop": "drop table headwater_surplus",
    }) -%}
{% endmacro %}
