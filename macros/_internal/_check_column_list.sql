{#- Nothing, or an error unless `value` is a list of one or more column names, each named once. -#}
{% macro _check_column_list(macro, argument, value) %}
    {%- set expected = "a list of column names, such as ['customer_id', 'valid_from']" -%}
    {%- if value is string and value | trim -%}
        {%- set names = [] -%}
        {%- for name in value.split(",") -%}
            {%- do names.append("'" ~ name | trim ~ "'") -%}
        {%- endfor -%}
        {{ headwater._raise_argument(
            macro, argument, expected, headwater._describe(value),
            "write [" ~ names | join(", ") ~ "]"
        ) }}
    {%- elif value is string or value is mapping or value is not iterable -%}
        {{ headwater._raise_argument(macro, argument, expected, headwater._describe(value)) }}
    {%- endif -%}
    {#- A list read from the warehouse is still empty while dbt parses. -#}
    {%- if not value and execute -%}
        {{ headwater._raise_argument(macro, argument, expected, headwater._describe(value)) }}
    {%- endif -%}
    {%- set seen = [] -%}
    {%- for name in value -%}
        {%- if name is not string or not name | trim -%}
            {{ headwater._raise_argument(
                macro, argument, expected,
                headwater._describe(name) ~ " at position " ~ loop.index
            ) }}
        {%- elif name in seen -%}
            {{ headwater._raise_argument(
                macro, argument, "each column once", "'" ~ name ~ "' twice"
            ) }}
        {%- elif name | length > 63 -%} {%- do headwater._check_length(macro, argument, name) -%}
        {%- endif -%}
        {%- do seen.append(name) -%}
    {%- endfor -%}
{% endmacro %}
