{% macro change_statements(run) %}
    {{ return(adapter.dispatch("change_statements", "headwater")(run)) }}
{% endmacro %}

{% macro default__change_statements(run) %}
    {{ headwater._raise_argument(
        "change_statements", "run", "Postgres or DuckDB", adapter.type()
    ) }}
{% endmacro %}

{#
    The last change of each key is found by one sort. Rows that it names in full are written without a
    look at the table; only the others are merged column by column.
#}
{% macro postgres__change_statements(run) %}
    {{ return(headwater._cdc_touched_statements(run) + headwater._cdc_write_statements(run)) }}
{% endmacro %}

{% macro redshift__change_statements(run) %}
    {{ return(headwater.default__change_statements(run)) }}
{% endmacro %}

{# All columns of all keys at once, which is what it is good at. No index is needed for it. #}
{% macro duckdb__change_statements(run) %}
    {%- set keys = headwater.get_quoted_identifiers(run.key) -%}
    {%- set is_hard = run.options.deletes == "hard" -%}
    {%- set in_row = headwater.key_conditions(run.key, "given", "present")[0] -%}
    {%- set in_tomb = headwater.key_conditions(run.key, "given", "tomb")[0] -%}
    {%- set in_batch = headwater.key_conditions(run.key, "event", "present")[0] -%}
    {%- set is_same = headwater.key_conditions(run.key, "event", "bounds")[0] -%}
    {%- set is_new = headwater.key_conditions(run.key, "bounds", "news")[0] -%}
    {%- set columns = headwater._cdc_column_parts(run) -%}
    {%- set looked -%}
        with given as (
            select {{ keys | join(", ") }}, max(seq) filter (where not is_delete) as up_seq
            from {{ run.events }}
            group by {{ keys | join(", ") }}
            {%- if run.counts.truncates %}
            union all
            select {{ keys | join(", ") }}, null
            from {{ run.target }} as present
            where not exists (select 1 from {{ run.events }} as event where {{ in_batch }})
            {%- endif %}
        ),
        truncated as (
            select max(_cdc_seq) as _cdc_seq, arg_max(_cdc_ts, _cdc_seq) as _cdc_ts
            from {{ run.tombstones }}
            where {{ keys[0] }} is null
        ),
        bounds as (
            select
                given.*,
                case when present.{{ keys[0] }} is not null then coalesce(present._cdc_seq, -1) end as row_seq,
                present._cdc_ts as row_ts,
                present._cdc_older as row_older,
                {{ "cast(null as timestamp)" if is_hard else "present._cdc_deleted_at" }} as row_deleted_at,
                greatest(tomb._cdc_seq, truncated._cdc_seq) as delete_seq,
                case
                    when truncated._cdc_seq > coalesce(tomb._cdc_seq, -1) then truncated._cdc_ts else tomb._cdc_ts
                end as delete_ts
                {%- for part in columns %}, {{ part.old }} {%- endfor %}
            from given
            left join {{ run.target }} as present on {{ in_row }}
            left join {{ run.tombstones }} as tomb on {{ in_tomb }}
            cross join truncated
        ),
        news as (
            select
                {{ headwater.get_quoted_identifiers(run.key, "event") | join(", ") }},
                arg_max(event.ts, event.seq) as new_ts
                {%- for part in columns %}, {{ part.new }} {%- endfor %}
            from {{ run.events }} as event
            join bounds on {{ is_same }}
            where not event.is_delete
                {%- if is_hard %} and (bounds.delete_seq is null or event.seq > bounds.delete_seq) {%- endif %}
            group by {{ headwater.get_quoted_identifiers(run.key, "event") | join(", ") }}
        ),
        placed as (
            select
                bounds.*, news.* exclude ({{ keys | join(", ") }}), greatest(up_seq, row_seq) as seq
                {%- for part in columns %}, {{ part.place }} {%- endfor %}
            from bounds
            left join news on {{ is_new }}
        ),
        merged as (
            select
                {{ keys | join(", ") }}, up_seq, row_seq, row_older, row_deleted_at, delete_seq, seq,
                case when up_seq > coalesce(row_seq, -1) then new_ts else row_ts end as ts,
                {% if columns -%}
                cast('{' || nullif(concat_ws(', ', {{ columns | map(attribute="older") | join(", ") }}), '') || '}' as json)
                {%- else %} cast(null as json) {%- endif %} as older,
                {{ "cast(null as timestamp)" if is_hard else "case when delete_seq >= seq then delete_ts end" }} as deleted_at
                {%- for part in columns %}, {{ part.value }} {%- endfor %}
            from placed
        )
        select
            merged.*,
            case
                {% if is_hard -%}
                when delete_seq >= coalesce(seq, delete_seq) then case when row_seq is not null then 'gone' end
                {%- endif %}
                when seq is null then null
                when
                    seq is distinct from row_seq
                    or cast(older as varchar) is distinct from cast(row_older as varchar)
                    or deleted_at is distinct from row_deleted_at
                then 'write'
            end as task
        from merged
    {%- endset -%}
    {%- set own = ["_cdc_seq", "_cdc_ts", "_cdc_older"] + ([] if is_hard else ["_cdc_deleted_at"]) -%}
    {%- set is_touched = headwater.key_conditions(run.key, "present", "touched")[0] -%}
    {{ return([
        headwater.stage_rows(run.looked, looked),
        "delete from " ~ run.target ~ " as present using " ~ run.looked ~ " as touched where touched.task is not null and "
        ~ is_touched,
        "insert into " ~ run.target ~ " (" ~ (headwater.get_quoted_identifiers(run.key + run.data) + own) | join(", ")
        ~ ") select " ~ (headwater.get_quoted_identifiers(run.key + run.data) | join(", ")) ~ ", seq, ts, older"
        ~ ("" if is_hard else ", deleted_at") ~ " from " ~ run.looked ~ " where task = 'write'",
    ]) }}
{% endmacro %}
