{#-
    A list of sort items, checked, as mappings of `name` (none for an expression), `value` (SQL) and
    `is_descending`. An item is a column's name, 'name desc', or {expression, direction}.
-#}
{% macro _sort_items(macro, argument, value, known) %}
    {%- set expected = "a list of column names with or without 'desc', such as ['updated_at desc']" -%}
    {%- if value is string or value is mapping or value is not iterable -%}
        {{ headwater._raise_argument(
            macro, argument, expected, headwater._describe(value),
            "write ['" ~ value.split(",") | map("trim") | join("', '") ~ "']"
            if value is string and value | trim and "(" not in value
            else none
        ) }}
    {%- endif -%}
    {%- set items = [] -%}
    {%- for given in value -%}
        {%- set item = headwater._sort_item(given) -%}
        {%- if not item -%}
            {{ headwater._raise_argument(
                macro, argument, expected, headwater._describe(given) ~ " at position " ~ loop.index
            ) }}
        {%- endif -%}
        {%- if item.name is not none -%}
            {%- do headwater._check_known(macro, argument, [item.name], known) -%}
            {%- do headwater._check_length(macro, argument, item.name) -%}
            {%- do item.update({"value": headwater.sort_value(
                headwater.column_reference(item.name, "headwater_rows"),
                headwater._known_column(item.name, known)
            )}) -%}
        {%- endif -%}
        {%- do items.append(item) -%}
    {%- endfor -%}
    {{ return(items) }}
{% endmacro %}
