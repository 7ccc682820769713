{#- Statements that write the rows that were worked out, and take away or mark those that are deleted. -#}
{% macro _cdc_write_statements(run) %}
    {%- set touched = headwater._batch_relation(run.target, "t") -%}
    {%- set results = headwater._batch_relation(run.target, "w") -%}
    {%- set match = headwater.key_conditions(run.key, "present", "touched", has_nulls=false)[0] -%}
    {%- set values, updates, record = [], [], [] -%}
    {%- set names = run.types.keys() | list -%}
    {%- for name in names -%}
        {%- set column = headwater.quote_identifier(name) -%}
        {%- do values.append(("result." if name in run.key else "member.") ~ column) -%}
        {%- if name not in run.key -%}
            {%- do record.append(column ~ " " ~ run.types[name]) -%}
            {%- do updates.append(column ~ " = excluded." ~ column) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do updates.extend([
        "_cdc_seq = excluded._cdc_seq", "_cdc_ts = excluded._cdc_ts", "_cdc_older = excluded._cdc_older"
    ]) -%}
    {%- set members = " cross join lateral jsonb_to_record(result.payload) as member (" ~ record | join(", ") ~ ")" -%}
    {%- set statements = [] -%}
    {%- if run.options.deletes == "hard" -%}
        {%- do statements.append(
            "delete from " ~ run.target ~ " as present using " ~ touched ~ " as touched where " ~ match
            ~ " and touched.delete_seq >= greatest(touched.up_seq, touched.row_seq)"
        ) -%}
    {%- endif -%}
    {%- do statements.append(
        "insert into " ~ run.target ~ " (" ~ headwater.get_quoted_identifiers(names) | join(", ")
        ~ ", _cdc_seq, _cdc_ts, _cdc_older) select " ~ values | join(", ")
        ~ ", result.seq, result.ts, result.older from " ~ results ~ " as result"
        ~ (members if record else "")
        ~ " on conflict (" ~ headwater.get_quoted_identifiers(run.key) | join(", ") ~ ") do update set "
        ~ updates | join(", ")
    ) -%}
    {%- if run.options.deletes == "soft" -%}
        {%- do statements.insert(1,
            "update " ~ run.target ~ " as present set _cdc_deleted_at = case when touched.delete_seq >= present._cdc_seq "
            ~ "then touched.delete_ts end from " ~ touched ~ " as touched where " ~ match
            ~ " and present._cdc_deleted_at is distinct from case when touched.delete_seq >= present._cdc_seq "
            ~ "then touched.delete_ts end"
        ) -%}
    {%- endif -%}
    {{ return(statements) }}
{% endmacro %}
