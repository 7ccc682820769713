{#-
    One row per partition of the batch: its bounds in the catalog's words, the condition of its rows,
    a label, the table's partition of these bounds, and the table's default partition.
-#}
{% macro _partition_bounds(run, by) %}
    {%- set period = headwater._period(by, by.column) -%}
    {%- set first = "cast(" ~ period ~ " as " ~ by.type ~ ")" -%}
    {%- if by.method == "list" -%} {%- set next, label = "null", "md5(first_value)" -%}
    {%- elif by.width -%}
        {%- set next = "cast(" ~ period ~ " + " ~ by.width ~ " as " ~ by.type ~ ")" -%}
        {%- set label = "replace(first_value, '-', 'm')" -%}
    {%- else -%}
        {%- set zone = " at time zone 'UTC'" if by.type == "timestamp with time zone" else "" -%}
        {%- set step = "interval '" ~ ("3 month" if by.granularity == "quarter" else "1 " ~ by.granularity) ~ "'" -%}
        {%- set next = "cast((" ~ period ~ zone ~ " + " ~ step ~ ")" ~ zone ~ " as " ~ by.type ~ ")" -%}
        {%- set shape = "YYYYMMDDHH24" if by.granularity == "hour" else "YYYYMMDD" -%}
        {%- set label = "to_char(cast(first_value as " ~ by.type ~ ")" ~ zone ~ ", '" ~ shape ~ "')" -%}
    {%- endif -%}
    {%- set target_name = run.target.include(database=false) | string | replace("'", "''") -%}
    {%- set column_name = by.column | replace("'", "''") -%}
    {%- call statement("headwater_partitions", fetch_result=true) -%}
        with
            periods as (
                select distinct
                    cast({{ first }} as text) as first_value, cast({{ next }} as text) as next_value
                from {{ run.batch }}
                where {{ by.column }} is not null
            ),
            spoken as (
                select
                    {% if by.method == "list" -%}
                        'FOR VALUES IN (' || quote_literal(first_value) || ')'
                    {%- else -%}
                        'FOR VALUES FROM ('
                        || quote_literal(first_value)
                        || ') TO ('
                        || quote_literal(next_value)
                        || ')'
                    {%- endif %} as bounds,
                    {{ label }} as label,
                    first_value,
                    next_value
                from periods
                union all
                select 'DEFAULT', 'default', null, null
                from {{ run.batch }}
                where {{ by.column }} is null
                having count(*) > 0
            ),
            children as (
                select child.relname, pg_get_expr(child.relpartbound, child.oid) as bounds
                from pg_inherits
                join pg_class as child on child.oid = pg_inherits.inhrelid
                where pg_inherits.inhparent = to_regclass('{{ target_name }}')
            )
        select
            bounds,
            '{{ column_name }}' || {% if by.method == "list" -%} ' = ' || quote_literal(first_value)
            {%- else -%}
                ' >= '
                || quote_literal(first_value)
                || ' and '
                || '{{ column_name }}'
                || ' < '
                || quote_literal(next_value)
            {%- endif %},
            label,
            (
                select relname
                from children
                where
                    children.bounds = spoken.bounds
                    or replace(children.bounds, '''', '') = replace(spoken.bounds, '''', '')
                limit 1
            ),
            (select relname from children where children.bounds = 'DEFAULT')
        from spoken
        order by label
    {%- endcall -%}
    {{ return(load_result("headwater_partitions").data) }}
{% endmacro %}
