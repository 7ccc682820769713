{#-
    In a run that reads a part of its sources, an absent row means nothing: the table's rows of what is
    about to be replaced (`condition`) go back into the batch, but for those that the sample covers. It
    covers a time of `column` where all of the batch lies within the sample; where some of it does not,
    the sources are sampled by another time, and nothing is covered.
-#}
{% macro _complete_batch(run, condition, column=none, type="") %}
    {%- set pairs = [] -%}
    {%- for name in run.columns -%}
        {%- do pairs.append([
            headwater.column_reference(name, "dbt_internal_dest"),
            headwater.column_reference(name, "read_rows")
        ]) -%}
    {%- endfor -%}
    {%- set names = headwater.get_quoted_identifiers(run.columns) | join(", ") -%}
    {%- set is_date = type | lower == "date" -%}
    {%- set covered = ["false"] -%}
    {%- set sample = headwater._sample() -%}
    {%- if column and sample and sample.start is defined -%}
        {%- set moments = [] -%}
        {%- for moment in [sample.start, sample.end] -%}
            {%- set text = (moment | string)[:10] if is_date else moment | string -%}
            {%- do moments.append("cast('" ~ text ~ "' as " ~ type ~ ")") -%}
        {%- endfor -%}
        {%- set covered = [
            "dbt_internal_dest." ~ column ~ " >= " ~ moments[0],
            "dbt_internal_dest." ~ column ~ " < " ~ moments[1],
            "(select min(" ~ column ~ ") from " ~ run.batch ~ ") >= " ~ moments[0],
            "(select max(" ~ column ~ ") from " ~ run.batch ~ ") < " ~ moments[1],
        ] -%}
    {%- endif -%}
    {%- call statement("headwater_complete") -%}
        insert into {{ run.batch }} ({{ names }})
        select {{ names }}
        from {{ run.target }} as dbt_internal_dest
        where
            ({{ condition }})
            and not coalesce({{ covered | join(" and ") }}, false)
            and not exists (
                select 1
                from {{ run.batch }} as read_rows
                where not {{ headwater.values_differ(pairs) }}
            )
    {%- endcall -%}
{% endmacro %}
