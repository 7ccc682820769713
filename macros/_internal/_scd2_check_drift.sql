{#- Nothing, or an error that names the columns that are gone or of another type. -#}
{% macro _scd2_check_drift(run, dropped, retyped) %}
    {%- set said = [] -%}
    {%- for column in dropped if run.options.on_lost_column == "error" -%}
        {%- do said.append("no column '" ~ column.name ~ "' any more") -%}
    {%- endfor -%}
    {%- for column in retyped -%}
        {%- do said.append(
            "column '" ~ column.name ~ "' " ~ column.type ~ " instead of " ~ column.old_type
        ) -%}
    {%- endfor -%}
    {%- if said -%}
        {{ headwater._raise_argument(
            "scd2", "sql", "the columns of the history, or wider ones", said | join("; "),
            "cast the column in the query to its old type" if retyped
            else "give the query the column as NULL, or set on_lost_column: fill_null"
        ) }}
    {%- endif -%}
{% endmacro %}
