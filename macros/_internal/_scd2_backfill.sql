{#-
    backfill_null: a column that is new is no reason for a new version. The version that stands when a
    key is seen for the first time with it, and what is kept of it, get its value; older ones keep NULL.
-#}
{% macro _scd2_backfill(run) %}
    {%- set sets = [] -%}
    {%- for column in run.added -%}
        {%- set name = headwater.quote_identifier(column.name) -%}
        {%- do sets.append(name ~ " = seen." ~ name) -%}
    {%- endfor -%}
    {%- set keys = headwater.get_quoted_identifiers(run.key) | join(", ") -%}
    {%- set statements = [] -%}
    {%- set has_nulls = run.has_null_keys -%}
    {%- if run.options.is_clocked -%}
        {%- set touched = headwater.key_conditions(run.key, "seen", "touched", has_nulls) -%}
        {%- for match in headwater.key_conditions(run.key, "stored", "seen", has_nulls) -%}
            {%- do statements.append(
                "update " ~ run.target ~ " as stored set " ~ sets | join(", ") ~ "\nfrom " ~ run.batch
                ~ " as seen\nwhere " ~ match ~ "\n    and " ~ headwater._scd2_stands(run, "stored")
                ~ " and not exists (select 1 from " ~ run.t ~ " as touched where " ~ touched[loop.index0] ~ ")"
            ) -%}
        {%- endfor -%}
    {%- else -%}
        {%- set seen -%}
            select *
            from (
                select events.*,
                    max(case when headwater_origin = 0 then headwater_from end)
                        over (partition by {{ keys }} order by headwater_from) as headwater_since,
                    row_number() over (
                        partition by {{ keys }}, headwater_origin order by headwater_gone, headwater_from
                    ) as headwater_place
                from {{ run.e }} as events
            ) as placed
            where headwater_origin = 2 and headwater_gone = 0 and headwater_place = 1
        {%- endset -%}
        {%- for match in headwater.key_conditions(run.key, "stored", "seen", has_nulls) -%}
            {%- do statements.append(
                "update " ~ run.e ~ " as stored set " ~ sets | join(", ") ~ "\nfrom (" ~ seen
                ~ ") as seen\nwhere " ~ match ~ " and stored.headwater_origin < 2\n"
                ~ "    and stored.headwater_from between seen.headwater_since and seen.headwater_from"
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- call statement("headwater_backfill") -%} {{ statements | join(";\n") }} {%- endcall -%}
{% endmacro %}
