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
        {%- set has = "(event._hw_is_full or list_contains(event._hw_names, " ~ literal ~ "))" -%}
        {%- set position -%}
            case when {{ headwater.json_field("_hw_row_older", name) }} is not null
            then cast({{ headwater.json_text("_hw_row_older", [name]) }} as {{ decimal }}) else _hw_row_seq end
        {%- endset -%}
        {%- set newest = "greatest(_hw_seq_" ~ number ~ ", _hw_place_" ~ number ~ ")" -%}
        {%- set member = dbt.string_literal(dbt.escape_single_quotes(tojson(name) ~ ": ")) -%}
        {%- do parts.append({
            "old": "present." ~ column ~ " as _hw_old_" ~ number,
            "new": "arg_max_null(event." ~ column ~ ", event._hw_seq) filter (where " ~ has ~ ") as _hw_new_" ~ number
                ~ ", max(event._hw_seq) filter (where " ~ has ~ ") as _hw_seq_" ~ number,
            "place": (
                "case when _hw_delete_seq >= " ~ position ~ " then null else " ~ position ~ " end"
                if run.options.deletes == "hard" else position
            ) ~ " as _hw_place_" ~ number,
            "value": "case when _hw_seq_" ~ number ~ " > _hw_place_" ~ number ~ " or _hw_place_" ~ number ~ " is null then _hw_new_" ~ number
                ~ " else _hw_old_" ~ number ~ " end as " ~ column,
            "older": "case when " ~ newest ~ " is distinct from _hw_seq then " ~ member ~ " || coalesce(cast(" ~ newest
                ~ " as varchar), 'null') end",
        }) -%}
    {%- endfor -%}
    {{ return(parts) }}
{% endmacro %}
