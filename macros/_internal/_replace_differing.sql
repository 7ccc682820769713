{#-
    An upsert by deleting and inserting, of the rows that are new or differ and of no other. Whole rows
    are written: what a newer row may not change is carried over from the older.
-#}
{% macro _replace_differing(run) %}
    {%- set merged = headwater._batch_relation(run.target, "u") -%}
    {%- set updates = headwater._updates(run, "dbt_internal_source") -%}
    {%- set match = headwater.key_conditions(run.key, "dbt_internal_dest", "dbt_internal_source")[0] -%}
    {%- set changed = {} -%}
    {%- for update in updates -%}
        {%- do changed.update({update.name: update.new}) -%}
    {%- endfor -%}
    {%- set values, names = [], [] -%}
    {%- for name in run.facts.columns | rejectattr("is_generated") | map(attribute="name") -%}
        {%- set column = headwater.quote_identifier(name) -%}
        {%- set fresh = "dbt_internal_source." ~ column if name in run.columns else "null" -%}
        {%- set kept = "dbt_internal_dest." ~ column -%}
        {%- do names.append(column) -%}
        {%- do values.append(
            "case when dbt_internal_dest.rowid is null then " ~ fresh
            ~ " else " ~ changed.get(column, kept) ~ " end as " ~ column
        ) -%}
    {%- endfor -%}
    {%- set query -%}
        select {{ values | join(", ") }}
        from {{ run.batch }} as dbt_internal_source
        left join {{ run.target }} as dbt_internal_dest on {{ match }}
        where
            dbt_internal_dest.rowid is null
            {%- if updates %}
                or ({{ headwater._update_condition(updates, run.options.predicates) }})
            {%- endif %}
    {%- endset -%}
    {%- do run.update({"staged": (run.staged or []) + [merged]}) -%}
    {{ return([
        headwater.stage_rows(merged, query),
        "delete from " ~ run.target ~ " as dbt_internal_dest\nusing " ~ merged
        ~ " as dbt_internal_source\nwhere " ~ match,
        "insert into " ~ run.target ~ " (" ~ names | join(", ") ~ ")\nselect "
        ~ names | join(", ") ~ "\nfrom " ~ merged,
    ]) }}
{% endmacro %}
