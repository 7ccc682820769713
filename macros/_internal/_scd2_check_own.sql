{#- Nothing, or an error unless the table has the columns that scd2 itself keeps. -#}
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
{% endmacro %}
