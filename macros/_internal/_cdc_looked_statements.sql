{#-
    Statements that look at the rows of the keys that `rest` leaves over, say what must be done with each,
    'fold' (it is made of several changes, or of a change and the row), 'gone' or nothing, and take away or
    mark those that are deleted.
-#}
{% macro _cdc_looked_statements(run, rest) %}
    {%- set is_hard = run.options.deletes == "hard" -%}
    {%- set in_row = headwater.key_conditions(run.key, "present", "touched", has_nulls=false)[0] -%}
    {%- set stage -%}
        create temporary table {{ run.looked }} on commit drop as
        select
            known.*,
            case
                {% if is_hard -%}
                when _hw_delete_seq >= coalesce(greatest(_hw_up_seq, _hw_row_seq), _hw_delete_seq)
                then case when _hw_row_seq is not null then 'gone' end
                {%- endif %}
                when _hw_up_seq > coalesce(_hw_row_seq, -1) or _hw_row_older is not null
                then 'fold'
            end as _hw_task
        from (
            select
                touched.*,
                looked.*
            from {{ run.touched }} as touched
            -- Each by the index: these are few, and the table may be long. A new table has none of them.
            left join lateral (
                select
                    -- A row that somebody else has put there is older than any change.
                    coalesce(present._cdc_seq, -1) as _hw_row_seq,
                    present._cdc_ts as _hw_row_ts,
                    present._cdc_older as _hw_row_older
                    {%- if not is_hard %}, present._cdc_deleted_at as _hw_row_deleted_at {%- endif %}
                    {%- for name in run.data -%}
                    , present.{{ headwater.quote_identifier(name) }} as _hw_old_{{ loop.index }}
                    {%- endfor %}
                from {{ run.target }} as present
                where {{ "false" if run.is_created else in_row }}
                offset 0
            ) as looked on true
            where {{ rest }}
        ) as known
    {%- endset -%}
    {%- set statements = [stage, headwater.analyze_statement(run.looked, run.key + ["_hw_task"], statistics=10)] -%}
    {%- if is_hard -%}
        {%- do statements.append(
            "delete from " ~ run.target ~ " as present using " ~ run.looked ~ " as touched where " ~ in_row
            ~ " and touched._hw_task = 'gone'"
        ) -%}
    {%- else -%}
        {%- set deleted_at = "case when touched._hw_delete_seq >= present._cdc_seq then touched._hw_delete_ts end" -%}
        {%- do statements.append(
            "update " ~ run.target ~ " as present set _cdc_deleted_at = " ~ deleted_at ~ " from " ~ run.looked
            ~ " as touched where " ~ in_row ~ " and touched._hw_task is null and present._cdc_deleted_at is distinct from "
            ~ deleted_at
        ) -%}
    {%- endif -%}
    {{ return(statements) }}
{% endmacro %}
