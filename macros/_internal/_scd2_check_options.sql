{#- Nothing, or an error when two options of `scd2` contradict each other. -#}
{% macro _scd2_check_options(options) %}
    {%- if options.check_cols != "all" and options.exclude_cols -%}
        {{ headwater._raise_argument(
            "scd2", "exclude_cols", "only one of check_cols and exclude_cols", "both"
        ) }}
    {%- endif -%}
    {%- if options.deletes in ["close", "tombstone"] and options.deleted_column is none -%}
        {{ headwater._raise_argument(
            "scd2", "deleted_column",
            "the column that says which rows are deletions (deletes: " ~ options.deletes ~ ")", "none",
            "write deleted_column, or deletes: from_missing if a deleted row is one that is absent"
        ) }}
    {%- endif -%}
    {%- for name in options.type1_cols if name in options.unique_key -%}
        {{ headwater._raise_argument(
            "scd2", "type1_cols", "columns that are not in unique_key", "'" ~ name ~ "'"
        ) }}
    {%- endfor -%}
    {%- for name in options.type1_cols if name in options.sequence_by -%}
        {{ headwater._raise_argument(
            "scd2", "type1_cols", "columns that are not in sequence_by", "'" ~ name ~ "'",
            "a column without history can't say which of several events was the last"
        ) }}
    {%- endfor -%}
    {%- for name in options.type1_cols if options.check_cols != "all" and name in options.check_cols -%}
        {{ headwater._raise_argument(
            "scd2", "type1_cols", "columns that are not in check_cols", "'" ~ name ~ "'"
        ) }}
    {%- endfor -%}
    {%- for name in ["hard_deletes", "invalidate_hard_deletes"] if config.get(name, "ignore") not in ["ignore", false] -%}
        {{ headwater._raise_argument(
            "scd2", name, "deletes: from_missing in meta: {headwater: ...}, which does the same",
            headwater._describe(config.get(name)), "missing_as: tombstone writes what hard_deletes: new_record does"
        ) }}
    {%- endfor -%}
    {%- if options.is_clocked -%}
        {%- for name in ["sequence_by"] if options[name] -%}
            {{ headwater._raise_argument(
                "scd2", name, "updated_at beside it: without it a version begins when the model runs",
                options[name] | join(", ")
            ) }}
        {%- endfor -%}
        {%- if options.late != "rebuild" -%}
            {{ headwater._raise_argument(
                "scd2", "late", "updated_at beside it: without it no row can be late",
                "'" ~ options.late ~ "'"
            ) }}
        {%- endif -%}
    {%- endif -%}
    {%- set used = [] -%}
    {%- for name in options.names.values() -%}
        {%- if name in used -%}
            {{ headwater._raise_argument(
                "scd2", "snapshot_meta_column_names", "a name of its own for each column",
                "'" ~ name ~ "' twice"
            ) }}
        {%- endif -%}
        {%- do used.append(name) -%}
    {%- endfor -%}
{% endmacro %}
