{#-
    Delete the window from the table, then insert the batch, which may not reach beyond the window. Rows
    that a predicate protects stay, and those of a key are not doubled.
-#}
{% macro _replace_window_statements(run) %}
    {%- set name = headwater._option("event_time") -%}
    {%- do headwater._check_name(run.macro, "event_time", name) -%}
    {%- set facts = run.batch_facts.columns -%}
    {%- do headwater._check_columns_exist(
        run.macro, "event_time", [name], facts | map(attribute="name") | list
    ) -%}
    {%- set column = headwater.quote_identifier(name) -%}
    {%- set type = (facts | selectattr("name", "equalto", name) | first).type -%}
    {%- set window = headwater._window(run, column, type) -%}
    {%- if window.outside -%}
        {{ headwater._raise_argument(
            run.macro, "window", "a batch within the window " ~ window.bounds,
            "a row at " ~ window.outside,
            "give the model's query the same window"
        ) }}
    {%- endif -%}
    {%- set insert = headwater._insert_rows(run) -%}
    {%- if not window.rows and (run.is_partial or run.options.on_empty_batch == "keep") -%}
        {{ return([insert]) }}
    {%- endif -%}
    {%- set nulls = " or " ~ column ~ " is null" if window.nulls else "" -%}
    {%- set condition = window.condition ~ nulls -%}
    {%- set predicates = run.options.predicates -%}
    {%- if predicates -%}
        {%- set condition = (["(" ~ condition ~ ")"] + predicates) | join("\n    and ") -%}
    {%- endif -%}
    {%- if run.is_partial -%}
        {%- do headwater._complete_batch(run, condition, column, type) -%}
    {%- endif -%}
    {%- set target = run.target ~ (" as dbt_internal_dest" if predicates else "") -%}
    {%- set inserts = headwater._insert_missing(run) if predicates and run.key else [insert] -%}
    {{ return(["delete from " ~ target ~ "\nwhere " ~ condition] + inserts) }}
{% endmacro %}
