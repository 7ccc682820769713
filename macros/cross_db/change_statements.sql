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
            select {{ keys | join(", ") }}, max(_hw_seq) filter (where not _hw_is_delete) as _hw_up_seq
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
                case when present.{{ keys[0] }} is not null then coalesce(present._cdc_seq, -1) end as _hw_row_seq,
                present._cdc_ts as _hw_row_ts,
                present._cdc_older as _hw_row_older,
                {{ "cast(null as timestamp)" if is_hard else "present._cdc_deleted_at" }} as _hw_row_deleted_at,
                greatest(tomb._cdc_seq, truncated._cdc_seq) as _hw_delete_seq,
                case
                    when truncated._cdc_seq > coalesce(tomb._cdc_seq, -1) then truncated._cdc_ts else tomb._cdc_ts
                end as _hw_delete_ts
                {%- for part in columns %}, {{ part.old }} {%- endfor %}
            from given
            left join {{ run.target }} as present on {{ in_row }}
            left join {{ run.tombstones }} as tomb on {{ in_tomb }}
            cross join truncated
        ),
        news as (
            select
                {{ headwater.get_quoted_identifiers(run.key, "event") | join(", ") }},
                arg_max(event._hw_ts, event._hw_seq) as _hw_new_ts
                {%- for part in columns %}, {{ part.new }} {%- endfor %}
            from {{ run.events }} as event
            join bounds on {{ is_same }}
            where not event._hw_is_delete
                {%- if is_hard %} and (bounds._hw_delete_seq is null or event._hw_seq > bounds._hw_delete_seq) {%- endif %}
            group by {{ headwater.get_quoted_identifiers(run.key, "event") | join(", ") }}
        ),
        placed as (
            select
                bounds.*, news.* exclude ({{ keys | join(", ") }}), greatest(_hw_up_seq, _hw_row_seq) as _hw_seq
                {%- for part in columns %}, {{ part.place }} {%- endfor %}
            from bounds
            left join news on {{ is_new }}
        ),
        merged as (
            select
                {{ keys | join(", ") }}, _hw_up_seq, _hw_row_seq, _hw_row_older, _hw_row_deleted_at, _hw_delete_seq, _hw_seq,
                case when _hw_up_seq > coalesce(_hw_row_seq, -1) then _hw_new_ts else _hw_row_ts end as _hw_ts,
                {% if columns -%}
                cast('{' || nullif(concat_ws(', ', {{ columns | map(attribute="older") | join(", ") }}), '') || '}' as json)
                {%- else %} cast(null as json) {%- endif %} as _hw_older,
                {{ "cast(null as timestamp)" if is_hard else "case when _hw_delete_seq >= _hw_seq then _hw_delete_ts end" }} as _hw_deleted_at
                {%- for part in columns %}, {{ part.value }} {%- endfor %}
            from placed
        )
        select
            merged.*,
            case
                {% if is_hard -%}
                when _hw_delete_seq >= coalesce(_hw_seq, _hw_delete_seq) then case when _hw_row_seq is not null then 'gone' end
                {%- endif %}
                when _hw_seq is null then null
                when
                    _hw_seq is distinct from _hw_row_seq
                    or cast(_hw_older as varchar) is distinct from cast(_hw_row_older as varchar)
                    or _hw_deleted_at is distinct from _hw_row_deleted_at
                then 'write'
            end as _hw_task
        from merged
    {%- endset -%}
    {%- set own = ["_cdc_seq", "_cdc_ts", "_cdc_older"] + ([] if is_hard else ["_cdc_deleted_at"]) -%}
    {%- set is_touched = headwater.key_conditions(run.key, "present", "touched")[0] -%}
    {{ return([
        headwater.stage_rows(run.looked, looked),
        "delete from " ~ run.target ~ " as present using " ~ run.looked ~ " as touched where touched._hw_task is not null and "
        ~ is_touched,
        "insert into " ~ run.target ~ " (" ~ (headwater.get_quoted_identifiers(run.key + run.data) + own) | join(", ")
        ~ ") select " ~ (headwater.get_quoted_identifiers(run.key + run.data) | join(", ")) ~ ", _hw_seq, _hw_ts, _hw_older"
        ~ ("" if is_hard else ", _hw_deleted_at") ~ " from " ~ run.looked ~ " where _hw_task = 'write'",
    ]) }}
{% endmacro %}
