{#- Nothing, or an error unless the table has the columns that scd2 itself keeps, and ends are times as beginnings are. -#}
{% macro _scd2_check_own(run, names) %}
    {%- set missing = run.own | reject("in", names) | list -%}
    {%- if missing -%}
        {{ headwater._raise_argument(
            "scd2", "this", "a history with the columns " ~ run.own | join(", "),
            run.target ~ " without " ~ missing | join(", "),
            "take a snapshot over with scd2_adopt, or name its columns with snapshot_meta_column_names, or "
            ~ "build the table anew with --full-refresh"
        ) }}
    {%- endif -%}
    {%- set types = {} -%}
    {%- for column in run.facts.columns -%}
        {%- do types.update({column.name: column.type | lower}) -%}
    {%- endfor -%}
    {%- set begin, end = run.options.names.dbt_valid_from, run.options.names.dbt_valid_to -%}
    {%- if headwater._scd2_time_kind(types[begin]) != headwater._scd2_time_kind(types[end]) -%}
        {{ headwater._raise_argument(
            "scd2", "this", "a history whose " ~ begin ~ " and " ~ end ~ " are of one type",
            types[begin] ~ " and " ~ types[end] ~ " in " ~ run.target,
            "bring them to one type with alter table, or build the table anew with --full-refresh"
        ) }}
    {%- endif -%}
{% endmacro %}
