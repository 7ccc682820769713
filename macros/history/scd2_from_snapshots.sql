{% macro scd2_from_snapshots(
    relation, key, day,
    check_cols="all", exclude_cols=[], type1_cols=[], deletes="close", valid_to_current=none,
    column_names={}, columns=none, scd_id=true
) %}
    {%- do headwater._check_choice("scd2_from_snapshots", "deletes", deletes, ["close", "ignore", "tombstone"]) -%}
    {%- set run = headwater._scd2_log_run("scd2_from_snapshots", relation, key, {
        "updated_at": day, "time_argument": "day", "sequence_by": [],
        "check_cols": check_cols, "exclude_cols": exclude_cols, "type1_cols": type1_cols,
        "deleted_column": none, "deletes": deletes, "open_end": valid_to_current,
        "column_names": column_names, "columns": columns, "scd_id": scd_id,
    }) -%}
    {%- set columns = headwater.get_quoted_identifiers(run.columns | map(attribute="name") | list) | join(", ") -%}
    {%- set keys = headwater.get_quoted_identifiers(key) | join(", ") -%}
    {%- set time = headwater.quote_identifier(day) -%}
    {%- set copies -%}
        select headwater_rows.*, {{ time }} as headwater_from
        from {{ headwater._row_source(relation) }}
        where {{ time }} is not null
    {%- endset -%}
    {%- set events -%}
        select {{ columns }}, headwater_from, 0 as headwater_gone
        from ({{ copies }}) as copies
        {%- if deletes != "ignore" %}
        union all
        select {{ columns }}, headwater_next_copy as headwater_from, 1 as headwater_gone
        from (
            select copies.*, days.headwater_next_copy,
                lead(headwater_from) over (partition by {{ keys }} order by headwater_from) as headwater_next_seen
            from ({{ copies }}) as copies
            inner join (
                select headwater_day, lead(headwater_day) over (order by headwater_day) as headwater_next_copy
                from (select distinct {{ time }} as headwater_day from ({{ copies }}) as copies) as days
            ) as days on days.headwater_day = copies.headwater_from
        ) as seen
        where headwater_next_copy is not null
            and (headwater_next_seen is null or headwater_next_seen > headwater_next_copy)
        {%- endif %}
    {%- endset -%}
    {{- headwater._scd2_versions(run, events) -}}
{% endmacro %}
