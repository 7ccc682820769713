{#-
    The columns that a newer row changes: a list of `name`, `old` (as it stands in the table) and
    `new`, an expression over the row that `source` names; `is_exact`: `=` can tell the two apart
    (a row `excluded` has the table's types, other rows may not).
-#}
{% macro _updates(run, source) %}
    {%- set options = run.options -%}
    {%- set updates = [] -%}
    {%- set exact = run.facts.columns | selectattr("is_exact") | map(attribute="name") | list -%}
    {%- set fixed = run.key + options.never_update + options.merge_exclude_columns -%}
    {%- set chosen = options.merge_update_columns or run.columns -%}
    {%- for name in run.columns if name in run.own or (name in chosen and name not in fixed) -%}
        {%- set old = headwater.column_reference(name, "dbt_internal_dest") -%}
        {%- set new = headwater.column_reference(name, source) -%}
        {%- if name in options.coalesce -%}
            {%- set new = "coalesce(" ~ new ~ ", " ~ old ~ ")" -%}
        {%- endif -%}
        {%- do updates.append({
            "name": headwater.quote_identifier(name), "old": old, "new": new,
            "is_exact": source == "excluded" and name in exact,
        }) -%}
    {%- endfor -%}
    {{ return(updates) }}
{% endmacro %}
