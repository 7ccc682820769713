{#-
    Refuses keys that `rows`, what stands behind `from`, has twice, or leaves one row of each, as
    on_duplicate_key says. Only keys with news are looked at, which is quicker by far: one whose rows are
    all as the history has it does no harm. With a NULL in the key every row is news.
-#}
{% macro _scd2_check_repeats(run, rows) %}
    {%- set keys = headwater.get_quoted_identifiers(run.key) | join(", ") -%}
    {%- set places = headwater.get_quoted_identifiers(run.key, "batch") | join(", ") -%}
    {%- set match = headwater.key_conditions(run.key, "batch", "touched", false)[0] -%}
    {%- set repeated -%}
        select count(*) - 1 as surplus
        from {{ rows }} as batch
        inner join (select distinct {{ keys }} from {{ run.n }}) as touched on {{ match }}
        group by {{ places }}
        having count(*) > 1
        union all
        select count(*) - 1 from {{ run.n }} as batch
        where {{ headwater.get_quoted_identifiers(run.key) | join(" is null or ") }} is null
        group by {{ places }}
        having count(*) > 1
    {%- endset -%}
    {%- set surplus = run_query(
        "select coalesce(sum(surplus), 0) from (" ~ repeated ~ ") as repeated"
    ).rows[0][0] | int -%}
    {%- if surplus -%}
        {%- do run.update({"counts": {"surplus": surplus}, "batch": run.batch or run.n}) -%}
        {%- do headwater._drop_duplicates(run) -%}
        {%- do headwater._scd2_stage(run, "m", headwater._scd2_news(run, run.batch)) -%}
        {%- do run.update({"n": run.m}) -%}
    {%- endif -%}
{% endmacro %}
