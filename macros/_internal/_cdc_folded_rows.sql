{#-
    A select of the rows that are made column by column: of each column the last value that is newer than
    the last delete, from the batch or from the row, each with the position it is from.
-#}
{% macro _cdc_folded_rows(run) %}
    {%- set keys = headwater.get_quoted_identifiers(run.key, "touched") | join(", ") -%}
    {%- set in_batch = headwater.key_conditions(run.key, "touched", "event", has_nulls=false)[0] -%}
    {%- set is_fresh = headwater.key_conditions(run.key, "touched", "given", has_nulls=false)[0] -%}
    {%- set is_hard = run.options.deletes == "hard" -%}
    {%- set singles, several, sides, values, older = [], [], [], [], [] -%}
    {%- for name in run.data -%}
        {%- set column = headwater.quote_identifier(name) -%}
        {%- set number = loop.index -%}
        {%- set literal = dbt.string_literal(dbt.escape_single_quotes(name)) -%}
        {%- set has = "(event.is_full or event.payload ? " ~ literal ~ ")" -%}
        {%- set type = run.types[name] -%}
        {#- An array of arrays would be one array of two dimensions. -#}
        {%- set is_array = type.endswith("]") -%}
        {%- set value = "cast(event." ~ column ~ " as text)" if is_array else "event." ~ column -%}
        {%- set last = "(array_agg(" ~ value ~ " order by event.seq desc, event.ts desc) filter (where " ~ has ~ "))[1]" -%}
        {%- do singles.append(
            "touched." ~ column ~ " as new_" ~ number ~ ", case when touched.is_full or touched.payload ? " ~ literal
            ~ " then touched.up_seq end as seq_" ~ number
        ) -%}
        {%- do several.append(
            ("cast(" ~ last ~ " as " ~ type ~ ")" if is_array else last) ~ ", max(event.seq) filter (where " ~ has ~ ")"
        ) -%}
        {%- set position -%}
            case when touched.row_older ? {{ literal }} then cast(touched.row_older ->> {{ literal }} as numeric) else touched.row_seq end
        {%- endset -%}
        {%- do sides.append(
            "given.new_" ~ number ~ ", given.seq_" ~ number ~ ", touched.old_" ~ number ~ ", "
            ~ ("case when touched.delete_seq >= " ~ position ~ " then null else " ~ position ~ " end" if is_hard else position)
            ~ " as place_" ~ number
        ) -%}
        {%- do values.append(
            "case when seq_" ~ number ~ " > place_" ~ number ~ " or place_" ~ number ~ " is null then new_" ~ number ~ " else old_"
            ~ number ~ " end"
        ) -%}
        {%- set newest = "greatest(seq_" ~ number ~ ", place_" ~ number ~ ")" -%}
        {%- set member = dbt.string_literal(dbt.escape_single_quotes(tojson(name) ~ ": ")) -%}
        {%- do older.append(
            "case when " ~ newest ~ " is distinct from seq then " ~ member ~ " || coalesce(cast(" ~ newest ~ " as text), 'null') end"
        ) -%}
    {%- endfor -%}
    {%- set is_repeated = headwater.key_conditions(run.key, "touched", "repeated", has_nulls=false)[0] -%}
    {%- set deleted_at = "case when delete_seq >= seq then delete_ts end" -%}
    {%- set is_newer = " and (touched.delete_seq is null or event.seq > touched.delete_seq)" if is_hard else "" -%}
    {%- set query -%}
        with repeated as materialized (
            select {{ keys }}
            from {{ run.looked }} as touched
            join {{ run.events }} as event on {{ in_batch }}
            where touched.task = 'fold' and not event.is_delete
            group by {{ keys }}
            having count(*) > 1
        )
        select {{ (headwater.get_quoted_identifiers(run.key) + values) | join(", ") }}, seq, ts, older {{ ', ' ~ deleted_at if not is_hard }}
        from (
            select
                rows_of_two.*,
                cast(
                    '{' || nullif(array_to_string(array[{{ older | join(", ") }}], ', '), '') || '}' as jsonb
                ) as older
            from (
                select
                    {{ keys }}, touched.delete_seq, touched.delete_ts, touched.row_seq, touched.row_older,
                    {%- if not is_hard %} touched.row_deleted_at, {%- endif %}
                    greatest(touched.up_seq, touched.row_seq) as seq,
                    case
                        when touched.up_seq > coalesce(touched.row_seq, -1) then given.ts else touched.row_ts
                    end as ts,
                    {{ sides | join(", ") }}
                from {{ run.looked }} as touched
                left join (
                    select {{ keys }}, touched.up_ts as ts, {{ singles | join(", ") }}
                    from {{ run.looked }} as touched
                    where
                        touched.task = 'fold'
                        and touched.up_seq > coalesce({{ "touched.delete_seq" if is_hard else "null" }}, -1)
                        and not exists (select 1 from repeated where {{ is_repeated }})
                    union all
                    select
                        {{ keys }},
                        (array_agg(event.ts order by event.seq desc, event.ts desc))[1],
                        {{ several | join(", ") }}
                    from {{ run.looked }} as touched
                    join repeated on {{ is_repeated }}
                    join {{ run.events }} as event on {{ in_batch }}
                    where not event.is_delete {{ is_newer }}
                    group by {{ keys }}
                ) as given on {{ is_fresh }}
                where touched.task = 'fold'
                offset 0
            ) as rows_of_two
            offset 0
        ) as folded
        -- A change that came again says nothing new.
        where
            seq is distinct from row_seq or older is distinct from row_older
            {%- if not is_hard %} or {{ deleted_at }} is distinct from row_deleted_at {%- endif %}
    {%- endset -%}
    {{ return(query) }}
{% endmacro %}
