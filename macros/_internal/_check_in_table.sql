{#- Nothing, or an error where the table has not got, and does not get, a column that its rows are found by. -#}
{% macro _check_in_table(run, argument, names) %}
    {%- set present = run.facts.columns | map(attribute="name") | list -%}
    {#- Other engines keep names in another case than they are written in. -#}
    {%- set is_exact = adapter.type() in ["postgres", "duckdb"] -%}
    {%- for name in names if is_exact and name not in present -%}
        {%- set shown = present | sort -%}
        {%- set more = " (+" ~ (shown | length - 5) ~ ")" if shown | length > 5 else "" -%}
        {{ headwater._raise_argument(
            run.macro, argument, "columns of the table: " ~ shown[:5] | join(", ") ~ more, "'" ~ name ~ "'",
            "set on_schema_change to append_new_columns, or use --full-refresh"
        ) }}
    {%- endfor -%}
{% endmacro %}
