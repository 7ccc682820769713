{#-
    Nothing, or an error when dbt can't write what a snapshot's config says into its statements: names of
    its own columns, which it doesn't quote, or the end of an open version, which is SQL.
-#}
{% macro _check_snapshot_names(macro, known) %}
    {%- set taken = known | map(attribute="name") | map("lower") | list -%}
    {%- set used = [] -%}
    {%- for meta, name in headwater._snapshot_names().items() if meta != "dbt_is_deleted" or config.get("hard_deletes") == "new_record" -%}
        {%- if name is not string or not modules.re.match("[^\\W\\d][\\w$]*$", name) -%}
            {{ headwater._raise_argument(
                macro, "snapshot_meta_column_names", "names that need no quotes, since dbt writes them without",
                headwater._describe(name) ~ " for " ~ meta
            ) }}
        {%- elif name | lower in used -%}
            {{ headwater._raise_argument(macro, "snapshot_meta_column_names", "a name of its own for each column", "'" ~ name ~ "' twice") }}
        {%- elif name | lower in taken -%}
            {{ headwater._raise_argument(
                macro, "snapshot_meta_column_names", "a query without the columns that the snapshot adds", "'" ~ name ~ "'",
                "rename it in the query, or give the added one another name with snapshot_meta_column_names"
            ) }}
        {%- endif -%}
        {%- do used.append(name | lower) -%}
    {%- endfor -%}
    {%- for name in ["hw_key", "hw_at", "dbt_unique_key", "dbt_change_type"] if name in taken -%}
        {{ headwater._raise_argument(
            macro, "sql", "a query without the names that a snapshot works with", "'" ~ name ~ "'", "rename it in the query"
        ) }}
    {%- endfor -%}
    {%- set far = config.get("dbt_valid_to_current") -%}
    {%- set is_word = modules.re.match("[\\w.+-]+( [\\d:.+Z-]*)?$", far | string | trim) -%}
    {%- if far and (far is not string or (is_word and far | trim | lower != "null")) -%}
        {{ headwater._raise_argument(
            macro, "dbt_valid_to_current", "an SQL expression, such as cast('9999-12-31' as timestamp)",
            headwater._describe(far), "dbt writes it into its statements as it stands"
        ) }}
    {%- endif -%}
{% endmacro %}
