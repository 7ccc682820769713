{#-
    Statements that write the rows whose last change names every column, if it is newer than the row; only
    then are the other keys' rows looked at (`looked`), and taken away, marked or merged.
-#}
{% macro _cdc_write_statements(run) %}
    {%- set is_hard = run.options.deletes == "hard" -%}
    {%- set own = ["_cdc_seq", "_cdc_ts", "_cdc_older"] + ([] if is_hard else ["_cdc_deleted_at"]) -%}
    {%- set keys = headwater.get_quoted_identifiers(run.key) | join(", ") -%}
    {%- set columns = headwater.get_quoted_identifiers(run.key + run.data) + own -%}
    {%- set updates = [] -%}
    {%- for column in columns[run.key | length:] -%}
        {%- do updates.append(column ~ " = excluded." ~ column) -%}
    {%- endfor -%}
    {%- set insert = "insert into " ~ run.target ~ " as present (" ~ columns | join(", ") ~ ") overriding system value " -%}
    {%- set replace = " on conflict (" ~ keys ~ ") do update set " ~ updates | join(", ") -%}
    {%- set direct -%}
        select
            {{ headwater.get_quoted_identifiers(run.key + run.data) | join(", ") }},
            _hw_up_seq, _hw_up_ts, cast(null as jsonb)
            {%- if not is_hard %}, case when _hw_delete_seq >= _hw_up_seq then _hw_delete_ts end {%- endif %}
        from {{ run.touched }}
        where _hw_is_direct
    {%- endset -%}
    {%- set is_written = headwater.key_conditions(run.key, "touched", "written", has_nulls=false)[0] -%}
    {%- if run.is_created -%}
        {%- set statements = [insert ~ direct] -%} {%- set rest = "not touched._hw_is_direct" -%}
    {%- else -%}
        {%- set statements = [
            "create temporary table " ~ run.written ~ " on commit drop as select " ~ keys ~ " from "
            ~ run.touched ~ " with no data",
            "with written as (" ~ insert ~ direct ~ replace
            ~ " where excluded._cdc_seq > coalesce(present._cdc_seq, -1) returning "
            ~ headwater.get_quoted_identifiers(run.key, "present") | join(", ")
            ~ ") insert into " ~ run.written ~ " select * from written",
        ] -%}
        {%- set rest = "not exists (select 1 from " ~ run.written ~ " as written where " ~ is_written ~ ")" -%}
    {%- endif -%}
    {%- do statements.extend(headwater._cdc_looked_statements(run, rest)) -%}
    {%- if run.data -%}
        {%- do statements.append(
            insert ~ headwater._cdc_folded_rows(run) ~ ("" if run.is_created else replace)
        ) -%}
    {%- endif -%}
    {{ return(statements) }}
{% endmacro %}
