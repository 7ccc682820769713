{#-
    Statements that work out the rows to write. Most keys need their last change only, when it names
    every column; the others are merged column by column, each with the position it is from.
-#}
{% macro _cdc_merge_statements(run) %}
    {%- set keys = headwater.get_quoted_identifiers(run.key) | join(", ") -%}
    {%- set events = headwater._batch_relation(run.target, "e") -%}
    {%- set touched = headwater._batch_relation(run.target, "t") -%}
    {%- set merging = headwater._batch_relation(run.target, "m") -%}
    {%- set results = headwater._batch_relation(run.target, "w") -%}
    {%- set match = headwater.key_conditions(run.key, "event", "touched", has_nulls=false)[0] -%}
    {%- set match_row = headwater.key_conditions(run.key, "present", "touched", has_nulls=false)[0] -%}
    {%- set hidden = [] -%}
    {%- for name in run.own + run.key -%}
        {%- do hidden.append(dbt.string_literal(dbt.escape_single_quotes(name))) -%}
    {%- endfor -%}
    {%- set data_count = run.types | length - run.key | length -%}
    {#- A soft delete keeps the values, so it is no floor below which values are forgotten. -#}
    {%- set is_hard = run.options.deletes == "hard" -%}
    {%- set floor = "coalesce(touched.delete_seq, '-infinity')" if is_hard else "cast('-infinity' as numeric)" -%}
    {%- set is_gone = "coalesce(touched.delete_seq >= greatest(touched.up_seq, touched.row_seq), false)" if is_hard else "false" -%}
    {%- set winners -%}
        select distinct on ({{ headwater.get_quoted_identifiers(run.key, "event") | join(", ") }}) event.*
        from {{ events }} as event
        where not is_delete
        order by {{ headwater.get_quoted_identifiers(run.key, "event") | join(", ") }}, seq desc, ts desc, payload
    {%- endset -%}
    {%- set latest -%}
        select distinct on ({{ headwater.get_quoted_identifiers(run.key, "event") | join(", ") }}) event.*
        from {{ events }} as event
        join {{ merging }} as touched on {{ match }} and event.seq = touched.up_seq
        where not event.is_delete
        order by {{ headwater.get_quoted_identifiers(run.key, "event") | join(", ") }}, event.ts desc
    {%- endset -%}
    {{ return([
        "create temporary table " ~ results ~ " on commit drop as select "
        ~ headwater.get_quoted_identifiers(run.key, "event") | join(", ")
        ~ ", event.payload, event.seq, event.ts, cast(null as jsonb) as older from (" ~ winners ~ ") as event join "
        ~ touched ~ " as touched on " ~ match ~ " where event.is_full and event.seq > coalesce(touched.row_seq, '-infinity') and not "
        ~ is_gone,
        "analyze " ~ results,
        "create temporary table " ~ merging ~ " on commit drop as select touched.* from " ~ touched ~ " as touched where not "
        ~ is_gone ~ " and (touched.row_older is not null or touched.up_seq > coalesce(touched.row_seq, '-infinity')) and not exists (select 1 from "
        ~ results ~ " as event where " ~ match ~ ")",
        "analyze " ~ merging,
        "insert into " ~ results ~ " with column_values as (select "
        ~ headwater.get_quoted_identifiers(run.key, "touched") | join(", ")
        ~ ", member.name, member.value, event.seq, event.ts from " ~ merging ~ " as touched join " ~ events
        ~ " as event on " ~ match ~ " cross join lateral jsonb_each(event.payload - cast(array[" ~ hidden | join(", ")
        ~ "] as text[])) as member (name, value) where not event.is_delete and event.seq > " ~ floor
        ~ " union all select " ~ headwater.get_quoted_identifiers(run.key, "touched") | join(", ")
        ~ ", member.name, member.value, coalesce(cast(present._cdc_older ->> member.name as numeric), "
        ~ "case when present._cdc_older is null then present._cdc_seq end) as seq, present._cdc_ts from " ~ merging
        ~ " as touched join " ~ run.target ~ " as present on " ~ match_row
        ~ " cross join lateral jsonb_each(to_jsonb(present) - cast(array[" ~ hidden | join(", ")
        ~ "] as text[])) as member (name, value) where coalesce(cast(present._cdc_older ->> member.name as numeric), "
        ~ "case when present._cdc_older is null then present._cdc_seq end) > " ~ floor
        ~ "), latest as (select distinct on (" ~ keys ~ ", name) * from column_values order by " ~ keys
        ~ ", name, seq desc, ts desc), merged as (select " ~ keys ~ ", jsonb_object_agg(name, value) as payload, "
        ~ "jsonb_object_agg(name, seq) as older, min(seq) as min_seq, max(seq) as max_seq, count(*) as value_count from latest group by "
        ~ keys ~ ") select " ~ headwater.get_quoted_identifiers(run.key, "touched") | join(", ")
        ~ ", coalesce(event.payload, '{}'), greatest(touched.up_seq, touched.row_seq), "
        ~ "case when touched.row_seq >= touched.up_seq or touched.up_seq is null then touched.row_ts else "
        ~ "last.ts end, "
        ~ "case when event.value_count = " ~ data_count ~ " and event.min_seq = greatest(touched.up_seq, touched.row_seq) "
        ~ "then null else coalesce(event.older, '{}') end from " ~ merging ~ " as touched left join merged as event on " ~ match ~ " left join (" ~ latest
        ~ ") as last on " ~ headwater.key_conditions(run.key, "last", "touched", has_nulls=false)[0],
    ]) }}
{% endmacro %}
