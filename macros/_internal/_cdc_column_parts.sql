{#-
    For each column outside the key the SQL of its parts: `old` (the row's value), `new` (the batch's last one
    and its position), `place` (the old value's position), `value` (the newer of the two) and `older` (its
    position, if that is not the row's).
-#}
{% macro _cdc_column_parts(run) %}
    {%- set parts = [] -%}
    {%- set decimal = headwater.change_bookkeeping()["_cdc_seq"] -%}
    {%- for name in run.data -%}
        {%- set column = headwater.quote_identifier(name) -%}
        {%- set number = loop.index -%}
        {%- set literal = dbt.string_literal(dbt.escape_single_quotes(name)) -%}
        {%- set has = "(event.is_full or list_contains(event.names, " ~ literal ~ "))" -%}
        {%- set position -%}
            case when {{ headwater.json_field("row_older", name) }} is not null
            then cast({{ headwater.json_text("row_older", [name]) }} as {{ decimal }}) else row_seq end
        {%- endset -%}
        {%- set newest = "greatest(seq_" ~ number ~ ", place_" ~ number ~ ")" -%}
        {%- set member = dbt.string_literal(dbt.escape_single_quotes(tojson(name) ~ ": ")) -%}
        {%- do parts.append({
            "old": "present." ~ column ~ " as old_" ~ number,
            "new": "arg_max_null(event." ~ column ~ ", event.seq) filter (where " ~ has ~ ") as new_" ~ number
                ~ ", max(event.seq) filter (where " ~ has ~ ") as seq_" ~ number,
            "place": (
                "case when delete_seq >= " ~ position ~ " then null else " ~ position ~ " end"
                if run.options.deletes == "hard" else position
            ) ~ " as place_" ~ number,
            "value": "case when seq_" ~ number ~ " > place_" ~ number ~ " or place_" ~ number ~ " is null then new_" ~ number
                ~ " else old_" ~ number ~ " end as " ~ column,
            "older": "case when " ~ newest ~ " is distinct from seq then " ~ member ~ " || coalesce(cast(" ~ newest
                ~ " as varchar), 'null') end",
        }) -%}
    {%- endfor -%}
    {{ return(parts) }}
{% endmacro %}
