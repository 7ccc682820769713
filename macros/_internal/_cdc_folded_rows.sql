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
        {%- set has = "(event._hw_is_full or event._hw_payload ? " ~ literal ~ ")" -%}
        {%- set type = run.types[name] -%}
        {#- An array of arrays would be one array of two dimensions. -#}
        {%- set is_array = type.endswith("]") -%}
        {%- set value = "cast(event." ~ column ~ " as text)" if is_array else "event." ~ column -%}
        {%- set last = "(array_agg(" ~ value ~ " order by event._hw_seq desc, event._hw_ts desc) filter (where " ~ has ~ "))[1]" -%}
        {%- do singles.append(
            "touched." ~ column ~ " as _hw_new_" ~ number ~ ", case when touched._hw_is_full or touched._hw_payload ? " ~ literal
            ~ " then touched._hw_up_seq end as _hw_seq_" ~ number
        ) -%}
        {%- do several.append(
            ("cast(" ~ last ~ " as " ~ type ~ ")" if is_array else last) ~ ", max(event._hw_seq) filter (where " ~ has ~ ")"
        ) -%}
        {%- set position -%}
            case when touched._hw_row_older ? {{ literal }} then cast(touched._hw_row_older ->> {{ literal }} as numeric) else touched._hw_row_seq end
        {%- endset -%}
        {%- do sides.append(
            "given._hw_new_" ~ number ~ ", given._hw_seq_" ~ number ~ ", touched._hw_old_" ~ number ~ ", "
            ~ ("case when touched._hw_delete_seq >= " ~ position ~ " then null else " ~ position ~ " end" if is_hard else position)
            ~ " as _hw_place_" ~ number
        ) -%}
        {%- do values.append(
            "case when _hw_seq_" ~ number ~ " > _hw_place_" ~ number ~ " or _hw_place_" ~ number ~ " is null then _hw_new_" ~ number ~ " else _hw_old_"
            ~ number ~ " end"
        ) -%}
        {%- set newest = "greatest(_hw_seq_" ~ number ~ ", _hw_place_" ~ number ~ ")" -%}
        {%- set member = dbt.string_literal(dbt.escape_single_quotes(tojson(name) ~ ": ")) -%}
        {%- do older.append(
            "case when " ~ newest ~ " is distinct from _hw_seq then " ~ member ~ " || coalesce(cast(" ~ newest ~ " as text), 'null') end"
        ) -%}
    {%- endfor -%}
    {%- set is_repeated = headwater.key_conditions(run.key, "touched", "repeated", has_nulls=false)[0] -%}
    {%- set deleted_at = "case when _hw_delete_seq >= _hw_seq then _hw_delete_ts end" -%}
    {%- set is_newer = " and (touched._hw_delete_seq is null or event._hw_seq > touched._hw_delete_seq)" if is_hard else "" -%}
    {%- set query -%}
        with repeated as materialized (
            select {{ keys }}
            from {{ run.looked }} as touched
            join {{ run.events }} as event on {{ in_batch }}
            where touched._hw_task = 'fold' and not event._hw_is_delete
            group by {{ keys }}
            having count(*) > 1
        )
        select {{ (headwater.get_quoted_identifiers(run.key) + values) | join(", ") }}, _hw_seq, _hw_ts, _hw_older {{ ', ' ~ deleted_at if not is_hard }}
        from (
            select
                rows_of_two.*,
                cast(
                    '{' || nullif(array_to_string(array[{{ older | join(", ") }}], ', '), '') || '}' as jsonb
                ) as _hw_older
            from (
                select
                    {{ keys }}, touched._hw_delete_seq, touched._hw_delete_ts, touched._hw_row_seq, touched._hw_row_older,
                    {%- if not is_hard %} touched._hw_row_deleted_at, {%- endif %}
                    greatest(touched._hw_up_seq, touched._hw_row_seq) as _hw_seq,
                    case
                        when touched._hw_up_seq > coalesce(touched._hw_row_seq, -1) then given._hw_ts else touched._hw_row_ts
                    end as _hw_ts,
                    {{ sides | join(", ") }}
                from {{ run.looked }} as touched
                left join (
                    select {{ keys }}, touched._hw_up_ts as _hw_ts, {{ singles | join(", ") }}
                    from {{ run.looked }} as touched
                    where
                        touched._hw_task = 'fold'
                        and touched._hw_up_seq > coalesce({{ "touched._hw_delete_seq" if is_hard else "null" }}, -1)
                        and not exists (select 1 from repeated where {{ is_repeated }})
                    union all
                    select
                        {{ keys }},
                        (array_agg(event._hw_ts order by event._hw_seq desc, event._hw_ts desc))[1],
                        {{ several | join(", ") }}
                    from {{ run.looked }} as touched
                    join repeated on {{ is_repeated }}
                    join {{ run.events }} as event on {{ in_batch }}
                    where not event._hw_is_delete {{ is_newer }}
                    group by {{ keys }}
                ) as given on {{ is_fresh }}
                where touched._hw_task = 'fold'
                offset 0
            ) as rows_of_two
            offset 0
        ) as folded
        -- A change that came again says nothing new.
        where
            _hw_seq is distinct from _hw_row_seq or _hw_older is distinct from _hw_row_older
            {%- if not is_hard %} or {{ deleted_at }} is distinct from _hw_row_deleted_at {%- endif %}
    {%- endset -%}
    {{ return(query) }}
{% endmacro %}
