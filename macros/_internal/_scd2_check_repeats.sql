{#-
    Refuses keys that the batch has twice, or leaves one row of each, as on_duplicate_key says. A key whose
    rows are all as the history has it makes no news, and does no harm.
-#}
{% macro _scd2_check_repeats(run) %}
    {%- set keys = headwater.get_quoted_identifiers(run.key) | join(", ") -%}
    {%- set places = headwater.get_quoted_identifiers(run.key, "batch") | join(", ") -%}
    {%- set parts = [] -%}
    {%- for match in headwater.key_conditions(run.key, "batch", "touched", run.counts.null_keys > 0) -%}
        {%- do parts.append(
            "select count(*) - 1 as surplus from " ~ run.batch ~ " as batch inner join (select distinct "
            ~ keys ~ " from " ~ run.n ~ ") as touched on " ~ match ~ " group by " ~ places
            ~ " having count(*) > 1"
        ) -%}
    {%- endfor -%}
    {%- set surplus = run_query(
        "select coalesce(sum(surplus), 0) from (" ~ parts | join(" union all ") ~ ") as repeated"
    ).rows[0][0] | int -%}
    {%- if surplus -%}
        {%- do run.counts.update({"surplus": surplus}) -%}
        {%- do headwater._drop_duplicates(run) -%}
        {%- do headwater._scd2_stage(run, "m", headwater._scd2_news(run, run.batch)) -%}
        {%- do run.update({"n": run.m}) -%}
    {%- endif -%}
{% endmacro %}
