{#- Nothing, or an error unless each of `names` is one of the columns that the model's query has. -#}
{% macro _check_columns_exist(macro, argument, names, columns) %}
    {%- set quoted = headwater.get_quoted_identifiers(columns) if columns else [] -%}
    {%- for name in names if headwater.quote_identifier(name) not in quoted -%}
        {%- set shown = columns | sort -%}
        {%- set more = " (+" ~ (shown | length - 5) ~ ")" if shown | length > 5 else "" -%}
        {%- set is_expression = modules.re.search("(?i)[(|+*/<>=]|::|\\s-\\s|\\s(asc|desc|nulls|collate)\\b", name) -%}
        {{ headwater._raise_argument(
            macro, argument,
            "columns of the model: " ~ shown[:5] | join(", ") ~ more,
            "'" ~ name ~ "'",
            "give the expression a name in the model's query, and write that name"
            if is_expression
            else headwater._suggestion(name, columns)
        ) }}
    {%- endfor -%}
{% endmacro %}
