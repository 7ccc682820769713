{#-
    The columns that a newer row changes: a list of `name`, `old` (as it stands in the table) and
    `new`, an expression over the row that `source` names.
-#}
{% macro _updates(run, source) %}
    {%- set options = run.options -%}
    {%- set updates = [] -%}
    {%- for name in run.columns if name not in run.key and name not in options.never_update
        and name not in options.merge_exclude_columns
        and (not options.merge_update_columns or name in options.merge_update_columns) -%}
        {%- set old = headwater.column_reference(name, "dbt_internal_dest") -%}
        {%- set new = headwater.column_reference(name, source) -%}
        {%- if name in options.coalesce -%}
            {%- set new = "coalesce(" ~ new ~ ", " ~ old ~ ")" -%}
        {%- endif -%}
        {%- do updates.append({"name": headwater.quote_identifier(name), "old": old, "new": new}) -%}
    {%- endfor -%}
    {{ return(updates) }}
{% endmacro %}
