{#-
    A select of events from `rows`, what stands behind `from`: the columns of the table, when the event
    was (headwater_from) and whether it is a deletion (headwater_gone).
-#}
{% macro _scd2_events(run, rows) %}
    {%- set options = run.options -%}
    {%- set parts = [] -%}
    {%- for column in run.columns -%}
        {%- set name = headwater.quote_identifier(column.name) -%}
        {%- do parts.append(
            "cast(given." ~ name ~ " as " ~ column.type ~ ") as " ~ name if column.is_cast else "given." ~ name
        ) -%}
    {%- endfor -%}
    {%- if options.is_clocked -%}
        {%- set moment = headwater._scd2_moment(run.now, run.time_type) -%}
    {%- else -%}
        {%- set moment = "given." ~ headwater.quote_identifier(options.updated_at) -%}
        {%- if run.time_type -%}
            {%- set moment = "cast(" ~ moment ~ " as " ~ run.time_type ~ ")" -%}
        {%- endif -%}
    {%- endif -%}
    {%- set mark = "false" -%}
    {%- if options.deleted_column is not none -%}
        {%- set mark = "given." ~ headwater.quote_identifier(options.deleted_column) -%}
    {%- endif -%}
    {%- set gone = "0" if mark == "false" else "case when " ~ mark ~ " then 1 else 0 end" -%}
    {%- set events -%}
        select {{ parts | join(", ") }}, {{ moment }} as headwater_from, {{ gone }} as headwater_gone
        from {{ rows }} as given
        {%- if mark != "false" and options.deletes == "ignore" %}
        where {{ gone }} = 0
        {%- endif %}
    {%- endset -%}
    {{ return(events) }}
{% endmacro %}
