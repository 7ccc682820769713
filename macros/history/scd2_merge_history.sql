{% macro scd2_merge_history(
    older, newer, key, columns=none, column_names={}, older_column_names=none, open_end=none
) %}
    {%- do headwater._check_column_list("scd2_merge_history", "key", key) -%}
    {%- set options = {"column_names": column_names, "open_end": open_end, "deleted": "keep"} -%}
    {%- set new = headwater._history("scd2_merge_history", "newer", newer, options, "headwater_rows") -%}
    {%- set old = headwater._history("scd2_merge_history", "older", older, {
        "column_names": column_names if older_column_names is none else older_column_names,
        "open_end": open_end, "deleted": "keep",
    }, "headwater_rows") -%}
    {%- do headwater._check_known("scd2_merge_history", "key", key, new.known) -%}
    {%- do headwater._check_known("scd2_merge_history", "key", key, old.known) -%}
    {%- set names = headwater._history_columns(new, key, columns).keys() | list -%}
    {%- do headwater._check_known("scd2_merge_history", "columns", names, old.known) -%}
    {%- set shown = headwater.get_quoted_identifiers(key + names) | join(", ") -%}
    {%- set begin = headwater.quote_identifier(new.names.dbt_valid_from) -%}
    {%- set end = headwater.quote_identifier(new.names.dbt_valid_to) -%}
    {%- set has_marks = new.has_marks and old.has_marks -%}
    {%- do new.update({"has_marks": has_marks}) -%}
    {%- set keys = headwater.get_quoted_identifiers(key) | join(", ") -%}
    {%- set mark = headwater.quote_identifier(new.names.dbt_is_deleted) -%}
    {%- set sides = [] -%}
    {%- for side in [new, old] -%}
        {%- set own = ", " ~ headwater.quote_identifier(side.names.dbt_is_deleted) ~ " as " ~ mark -%}
        {%- do sides.append(
            "select " ~ shown ~ (own if has_marks else "") ~ ", " ~ side.begin ~ " as headwater_from, " ~ side.end
            ~ " as headwater_until, " ~ (1 if loop.first else 0) ~ " as headwater_is_newer from " ~ side.source
        ) -%}
    {%- endfor -%}
    {%- set merged -%}
        (
            select {{ shown }}{% if has_marks %}, {{ mark }}{% endif %}, headwater_from as {{ begin }},
                case
                    when headwater_is_newer = 1 or headwater_start is null then headwater_until
                    when headwater_until is null or headwater_until > headwater_start then headwater_start
                    else headwater_until
                end as {{ end }}
            from (
                select sides.*, min(case when headwater_is_newer = 1 then headwater_from end)
                    over (partition by {{ keys }}) as headwater_start
                from ({{ sides | join(" union all ") }}) as sides
            ) as placed
            where headwater_is_newer = 1 or headwater_start is null or headwater_from < headwater_start
        ) as headwater_rows
    {%- endset -%}
    {%- do new.update({"source": merged}) -%}
    {{- headwater._scd2_collapsed(new, key, names, names) -}}
{% endmacro %}
