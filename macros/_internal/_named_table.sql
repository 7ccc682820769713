{#-
    The table of a name ('table', 'schema.table' or 'database.schema.table', without quotes), as the
    warehouse has it; an error if there is none, or it is a view.
-#}
{% macro _named_table(macro, argument, name) %}
    {%- set parts = name.split(".") if name is string and name | trim else [] -%}
    {%- if parts | length not in [1, 2, 3] -%}
        {{ headwater._raise_argument(
            macro, argument, "the name of a table, such as 'shop.orders'", headwater._describe(name)
        ) }}
    {%- endif -%}
    {%- set found = adapter.get_relation(
        database=parts[-3] if parts | length == 3 else target.database | default(none),
        schema=parts[-2] if parts | length > 1 else target.schema,
        identifier=parts[-1]
    ) -%}
    {%- if execute and (found is none or not found.is_table) -%}
        {{ headwater._raise_argument(
            macro, argument, "the name of a table, such as 'shop.orders'",
            "'" ~ name ~ "', which is " ~ ("not there" if found is none else "a " ~ found.type)
        ) }}
    {%- endif -%}
    {{ return(found) }}
{% endmacro %}
