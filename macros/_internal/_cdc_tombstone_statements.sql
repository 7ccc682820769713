{#-
    Statements that remember the last delete of each key in this batch, and the last truncate, which is one
    without a key. A full refresh forgets all of them, and the table's rows.
-#}
{% macro _cdc_tombstone_statements(run) %}
    {%- set columns, statements = [], [] -%}
    {%- for name in run.key -%}
        {%- do columns.append(headwater.quote_identifier(name) ~ " " ~ run.types[name]) -%}
    {%- endfor -%}
    {%- set own = headwater.change_bookkeeping() -%}
    {%- set keys = headwater.get_quoted_identifiers(run.key) | join(", ") -%}
    {%- set empty_key = headwater.quote_identifier(run.key[0]) ~ " is null" -%}
    {%- if run.is_created or run.is_rebuild -%}
        {%- do statements.append("drop table if exists " ~ run.tombstones) -%}
    {%- endif -%}
    {%- set create = "create table if not exists " ~ run.tombstones ~ " (" ~ columns | join(", ") ~ ", _cdc_seq "
    ~ own["_cdc_seq"] ~ ", _cdc_ts " ~ own["_cdc_ts"] ~ ", unique (" ~ keys ~ "))" -%}
    {%- do statements.append(create) -%}
    {%- if run.get("retyped", []) | selectattr("name", "in", run.key) | list and not run.is_rebuild -%}
        {#- Made again, since not every engine can give another type to a column that has an index. -#}
        {%- set kept = headwater._batch_relation(run.target, "k") -%}
        {%- do run.staged.append(kept) -%}
        {%- do statements.extend([
            headwater.stage_rows(kept, "select * from " ~ run.tombstones), "drop table " ~ run.tombstones, create,
            "insert into " ~ run.tombstones ~ " select * from " ~ kept,
        ]) -%}
    {%- endif -%}
    {%- if run.counts.deletes -%}
        {%- set insert -%}
            insert into {{ run.tombstones }} as tomb ({{ keys }}, _cdc_seq, _cdc_ts)
            select {{ keys }}, _hw_seq, _hw_ts
            from (
                select
                    {{ keys }}, _hw_seq, _hw_ts,
                    row_number() over (
                        partition by {{ keys }} order by _hw_seq desc, _hw_ts desc
                    ) as _hw_place
                from {{ run.events }}
                where _hw_is_delete
            ) as deletes
            where _hw_place = 1
            on conflict ({{ keys }}) do update set _cdc_seq = excluded._cdc_seq, _cdc_ts = excluded._cdc_ts
            where excluded._cdc_seq > tomb._cdc_seq
        {%- endset -%}
        {%- do statements.append(insert) -%}
    {%- endif -%}
    {%- if run.counts.truncates -%}
        {%- set insert -%}
            insert into {{ run.tombstones }} (_cdc_seq, _cdc_ts)
            select last_seq, last_ts
            from (
                select cast(seq as {{ own["_cdc_seq"] }}) as last_seq, cast(ts as timestamp) as last_ts
                from {{ run.batch }}
                where {{ headwater._cdc_reason(run) }} is null and op = 'truncate'
                order by last_seq desc, last_ts desc limit 1
            ) as truncates
            where last_seq > coalesce(
                (select max(_cdc_seq) from {{ run.tombstones }} where {{ empty_key }}), -1
            )
        {%- endset -%}
        {%- do statements.append(insert) -%}
    {%- endif -%}
    {{ return(statements) }}
{% endmacro %}
