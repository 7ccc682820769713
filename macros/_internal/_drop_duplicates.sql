{#-
    Leaves one staged row per key: the last by `dedup_order_by`, in which NULL comes first of all; of
    equals the one whose values, as texts, come last, so that the same rows always give the same.
-#}
{% macro _drop_duplicates(run) %}
    {%- if run.options.on_duplicate_key == "error" -%}
        {{ headwater._raise_argument(
            run.macro, "unique_key",
            "one row per " ~ run.key | join(", ") ~ " (on_duplicate_key: error)",
            run.counts.surplus ~ " rows too many"
        ) }}
    {%- endif -%}
    {%- set columns = run.batch_facts.columns | map(attribute="name") | list -%}
    {%- set winners = headwater._batch_relation(run.target, "d") -%}
    {%- set order = [] -%}
    {%- for name in run.options.dedup_order_by -%}
        {%- set column = headwater.quote_identifier(name) -%}
        {%- do order.append("case when " ~ column ~ " is null then 1 else 0 end") -%}
        {%- do order.append(column ~ " desc") -%}
    {%- endfor -%}
    {%- for column in headwater.get_quoted_identifiers(columns) -%}
        {%- do order.append("case when " ~ column ~ " is null then 1 else 0 end") -%}
        {%- do order.append(headwater.value_text(column) ~ " desc") -%}
    {%- endfor -%}
    {%- set query -%}
        select {{ headwater.get_quoted_identifiers(columns) | join(", ") }}
        from (
            select batch.*, row_number() over (
                partition by {{ headwater.get_quoted_identifiers(run.key) | join(", ") }}
                order by {{ order | join(", ") }}
            ) as headwater_place
            from {{ run.batch }} as batch
        ) as placed
        where headwater_place = 1
    {%- endset -%}
    {%- call statement("headwater_dedup") -%}
        {{ headwater.stage_rows(winners, query) }}
    {%- endcall -%}
    {%- do run.update({"batch": winners, "staged": run.staged + [winners]}) -%}
    {%- set analyze = headwater.analyze_statement(winners, run.key) -%}
    {%- if analyze -%}
        {%- call statement("headwater_analyze") -%} {{ analyze }} {%- endcall -%}
    {%- endif -%}
{% endmacro %}
