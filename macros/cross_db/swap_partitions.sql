{% macro swap_partitions(run) %}
    {%- if run.is_partial -%}
        {%- set by = headwater._partition_option(run) -%}
        {%- set period = headwater._period(by, by.column) -%}
        {%- set touched = period ~ " in (select " ~ period ~ " from " ~ run.batch ~ ")" -%}
        {%- set is_time = by.method == "range" and not by.width -%}
        {%- set nulls = by.column ~ " is null and exists (select 1 from " ~ run.batch ~ " where "
            ~ by.column ~ " is null)" -%}
        {%- do headwater._complete_batch(
            run, touched ~ " or " ~ nulls, by.column if is_time else none, by.type
        ) -%}
    {%- endif -%}
    {{ return(adapter.dispatch("swap_partitions", "headwater")(run)) }}
{% endmacro %}

{# An engine without partitions of this kind: the same rows, by deleting and inserting. #}
{% macro default__swap_partitions(run) %}
    {%- set by = headwater._partition_option(run) -%}
    {%- set period = headwater._period(by, by.column) -%}
    {%- set statements = [] -%}
    {%- do statements.append(
        "delete from " ~ run.target ~ "\nwhere " ~ period ~ " in (select " ~ period ~ " from "
        ~ run.batch ~ ")\n    or (" ~ by.column ~ " is null and exists (select 1 from " ~ run.batch
        ~ " where " ~ by.column ~ " is null))"
    ) -%}
    {%- do statements.append(headwater._insert_rows(run)) -%}
    {%- if by.retain -%}
        {%- do statements.append(
            "delete from " ~ run.target ~ "\nwhere " ~ period ~ " not in (select period from ("
            ~ "select distinct " ~ period ~ " as period from " ~ run.target ~ " where " ~ by.column
            ~ " is not null) as periods order by period desc limit " ~ by.retain ~ ")"
        ) -%}
    {%- endif -%}
    {{ return(statements) }}
{% endmacro %}

{#
    The new partitions are filled beside the table and take the place of the old ones at the end, so
    that readers wait for the exchange only.
#}
{% macro postgres__swap_partitions(run) %}
    {%- set by = headwater._partition_option(run) -%}
    {%- if run.facts.kind != "partitioned table" -%}
        {{ headwater._raise_argument(
            run.macro, "this", "a partitioned table", "the " ~ run.facts.kind ~ " " ~ run.target,
            "run with --full-refresh to build it anew"
        ) }}
    {%- endif -%}
    {%- do headwater._check_owner(run, "partition_by") -%}
    {%- set beside = headwater._batch_relation(run.target, "p").incorporate(
        path={"database": run.target.database, "schema": run.target.schema}
    ) -%}
    {%- set swaps = headwater._partition_swaps(run, by, beside) -%}
    {%- set statements = [
        "create table " ~ beside ~ " (like " ~ run.target ~ " including all excluding indexes)"
        ~ " partition by " ~ by.method ~ " (" ~ by.column ~ ")"
    ] -%}
    {%- for swap in swaps -%} {%- do statements.append(swap.create) -%} {%- endfor -%}
    {%- set insert = headwater._insert_rows(run) -%}
    {%- do statements.append(insert | replace(run.target | string, beside | string)) -%}
    {%- for swap in swaps -%} {%- do statements.extend(swap.exchange) -%} {%- endfor -%}
    {%- do statements.append("drop table " ~ beside) -%}
    {%- if by.retain and by.method == "range" -%}
        {%- do statements.append(headwater._drop_partitions(run.target, by.retain, by.type)) -%}
    {%- endif -%}
    {{ return(statements) }}
{% endmacro %}

{% macro redshift__swap_partitions(run) %}
    {{ return(headwater.default__swap_partitions(run)) }}
{% endmacro %}
