{#-
    How many rows the batch has, and with a NULL in the key. Keys that repeat are counted in a first batch
    only: later, _scd2_check_repeats() looks at those with news, which is quicker by far.
-#}
{% macro _scd2_batch_counts(run) %}
    {%- if run.is_fresh and run.options.is_clocked -%}
        {{ return(headwater._batch_counts(run)) }}
    {%- endif -%}
    {%- set empty = headwater.get_quoted_identifiers(run.key) | join(" is null or ") ~ " is null" -%}
    {%- set row = run_query(
        "select count(*), coalesce(sum(case when " ~ empty ~ " then 1 else 0 end), 0) from " ~ run.batch
    ).rows[0] -%}
    {{ return({"rows": row[0] | int, "surplus": 0, "null_keys": row[1] | int}) }}
{% endmacro %}
