{#- The indexes of the model's config and of its key, in one shape. -#}
{% macro _wanted_indexes(run, unique_key) %}
    {%- set wanted = [] -%}
    {%- set names = run.facts.columns | map(attribute="name") | list -%}
    {%- if unique_key -%}
        {%- do wanted.append({
            "columns": unique_key, "unique": true, "method": "btree", "is_key": true,
            "nulls_not_distinct": run.facts.version >= 150000,
        }) -%}
    {%- endif -%}
    {%- for given in headwater._index_option(run.macro) -%}
        {%- set columns = [given.columns] if given.columns is string else given.columns -%}
        {%- for name in columns if name not in names and "(" not in name -%}
            {%- do headwater._check_columns_exist(run.macro, "indexes", [name], names) -%}
        {%- endfor -%}
        {%- set index = {
            "columns": columns | list, "unique": true if given.unique else false,
            "method": given.type or "btree", "is_key": false, "nulls_not_distinct": false,
        } -%}
        {%- if not unique_key or index.columns != unique_key or not index.unique -%}
            {%- do wanted.append(index) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(wanted) }}
{% endmacro %}
