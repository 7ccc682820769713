{#-
    Holds the staged rows against the options: the columns exist, NULL keys are matched, refused or
    set aside, and each key has one row left. Adds `counts` to `run`.
-#}
{% macro _check_batch(run) %}
    {%- set names = run.batch_facts.columns | map(attribute="name") | list -%}
    {%- do headwater._check_columns_exist(run.macro, "unique_key", run.key, names) -%}
    {%- for option in [
        "dedup_order_by", "merge_update_columns", "merge_exclude_columns", "never_update", "coalesce"
    ] -%}
        {%- do headwater._check_columns_exist(run.macro, option, run.options[option], names) -%}
    {%- endfor -%}
    {%- for column in run.batch_facts.columns if column.name in run.key and not column.is_comparable -%}
        {{ headwater._raise_argument(
            run.macro, "unique_key", "columns of a type that has an equality",
            "'" ~ column.name ~ "' of type " ~ column.type,
            "cast it in the model's query, for instance to text"
        ) }}
    {%- endfor -%}
    {%- do headwater._match_key_types(run) -%}
    {%- do run.update({"counts": headwater._batch_counts(run)}) -%}
    {%- if run.counts.null_keys and run.options.on_null_key != "match" -%}
        {%- do headwater._refuse_null_keys(run) -%}
    {%- endif -%}
    {%- if run.counts.surplus and run.options.on_duplicate_key != "keep" -%}
        {%- do headwater._drop_duplicates(run) -%}
    {%- endif -%}
    {%- if run.options.on_empty_batch == "error" and not run.counts.rows and not run.is_partial -%}
        {{ headwater._raise_argument(
            run.macro, "on_empty_batch", "at least one row (on_empty_batch: error)", "an empty batch"
        ) }}
    {%- endif -%}
{% endmacro %}
