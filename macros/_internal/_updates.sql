{#-
    The columns that a newer row changes: a list of `name`, `old` (as it stands in the table) and
    `new`, an expression over the row that `source` names.
-#}
{% macro _updates(run, source) %}
    {%- set options = run.options -%}
    {%- set updates = [] -%}
    {%- set fixed = run.key + options.never_update + options.merge_exclude_columns -%}
    {%- set chosen = options.merge_update_columns or run.columns -%}
    {%- for name in run.columns if name in run.own or (name in chosen and name not in fixed) -%}
        {%- set old = headwater.column_reference(name, "dbt_internal_dest") -%}
        {%- set new = headwater.column_reference(name, source) -%}
        {%- if name in options.coalesce -%}
            {%- set new = "coalesce(" ~ new ~ ", " ~ old ~ ")" -%}
        {%- endif -%}
        {%- do updates.append({"name": headwater.quote_identifier(name), "old": old, "new": new}) -%}
    {%- endfor -%}
    {{ return(updates) }}
{% endmacro %}
