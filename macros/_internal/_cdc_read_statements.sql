{#-
    Statements that stage what the batch says: changes with typed keys, the last deletes into the
    tombstones (a truncate is one without a key), and the touched keys with what is known of them.
-#}
{% macro _cdc_read_statements(run) %}
    {%- set typed, data = [], [] -%}
    {%- for name in run.key -%}
        {%- do typed.append(
            "cast(key ->> " ~ dbt.string_literal(dbt.escape_single_quotes(name)) ~ " as "
            ~ run.types[name] ~ ") as " ~ headwater.quote_identifier(name)
        ) -%}
    {%- endfor -%}
    {%- for name in run.types if name not in run.key -%}
        {%- do data.append(dbt.string_literal(dbt.escape_single_quotes(name))) -%}
    {%- endfor -%}
    {%- set keys = headwater.get_quoted_identifiers(run.key) | join(", ") -%}
    {%- set events = headwater._batch_relation(run.target, "e") -%}
    {%- set touched = headwater._batch_relation(run.target, "t") -%}
    {%- set empty_key = headwater.quote_identifier(run.key[0]) ~ " is null" -%}
    {%- set joined = headwater.key_conditions(run.key, "given", "present", has_nulls=false)[0] -%}
    {%- set buried = headwater.key_conditions(run.key, "given", "tomb", has_nulls=false)[0] -%}
    {%- set deleted_at = "present._cdc_deleted_at" if run.options.deletes == "soft" else "cast(null as timestamp)" -%}
    {{ return([
        "create temporary table " ~ events ~ " on commit drop as select " ~ typed | join(", ")
        ~ ", cast(seq as numeric) as seq, ts, op = 'delete' as is_delete, payload, op <> 'delete' and payload ?& cast(array["
        ~ data | join(", ") ~ "] as text[]) as is_full from " ~ run.changes
        ~ " where final_reason is null and op <> 'truncate'",
        "analyze " ~ events,
        "insert into " ~ run.tombstones ~ " as tomb (" ~ keys ~ ", _cdc_seq, _cdc_ts) select distinct on ("
        ~ keys ~ ") " ~ keys ~ ", seq, ts from " ~ events ~ " where is_delete order by " ~ keys
        ~ ", seq desc, ts desc on conflict (" ~ keys ~ ") do update set _cdc_seq = excluded._cdc_seq, "
        ~ "_cdc_ts = excluded._cdc_ts where excluded._cdc_seq > tomb._cdc_seq",
        "insert into " ~ run.tombstones ~ " (_cdc_seq, _cdc_ts) select seq, ts from " ~ run.changes
        ~ " where final_reason is null and op = 'truncate' and seq > coalesce((select max(_cdc_seq) from "
        ~ run.tombstones ~ " where " ~ empty_key ~ "), '-infinity') order by seq desc limit 1",
        "create temporary table " ~ touched ~ " on commit drop as with truncated as (select _cdc_seq, _cdc_ts from "
        ~ run.tombstones ~ " where " ~ empty_key ~ " order by _cdc_seq desc limit 1), "
        ~ "given as (select " ~ keys ~ ", max(seq) filter (where not is_delete) as up_seq from (select "
        ~ keys ~ ", seq, is_delete from " ~ events ~ " union all select " ~ keys ~ ", null, null from " ~ run.target
        ~ " as present where exists (select 1 from " ~ run.changes ~ " where op = 'truncate' and final_reason is null)"
        ~ ") as all_keys group by " ~ keys ~ ") select given.*, present._cdc_seq as row_seq, present._cdc_ts as row_ts, "
        ~ "present._cdc_older as row_older, " ~ deleted_at ~ " as row_deleted_at, "
        ~ "greatest(tomb._cdc_seq, truncated._cdc_seq) as delete_seq, case when truncated._cdc_seq > "
        ~ "coalesce(tomb._cdc_seq, '-infinity') then truncated._cdc_ts else tomb._cdc_ts end as delete_ts from given "
        ~ "left join " ~ run.target ~ " as present on " ~ joined ~ " left join " ~ run.tombstones ~ " as tomb on " ~ buried
        ~ " left join truncated on true",
        "analyze " ~ touched,
    ]) }}
{% endmacro %}
