{#- The query's rows as they are, where one row per key is wanted or absent rows mean something. -#}
{% macro _scd2_stage_batch(run, query) %}
    {%- do headwater._scd2_stage(run, "b", query) -%}
    {%- do run.update({"batch": run.b, "looks_up": false}) -%}
    {%- do run.update({"counts": headwater._scd2_batch_counts(run)}) -%}
    {%- if run.counts.null_keys and run.options.on_null_key != "match" -%}
        {%- do headwater._refuse_null_keys(run) -%}
    {%- endif -%}
    {%- if run.counts.surplus and run.options.is_clocked -%}
        {%- do headwater._drop_duplicates(run) -%}
    {%- endif -%}
    {%- if run.options.on_empty_batch == "error" and not run.counts.rows and not run.is_partial -%}
        {{ headwater._raise_argument(
            run.macro, "on_empty_batch", "at least one row (on_empty_batch: error)", "an empty batch"
        ) }}
    {%- endif -%}
{% endmacro %}
