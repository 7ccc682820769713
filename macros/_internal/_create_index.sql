{#- The statement that makes an index; what is no column's name is taken for an expression. -#}
{% macro _create_index(target, index, names) %}
    {%- set parts = [] -%}
    {%- for column in index.columns -%}
        {%- do parts.append(headwater.quote_identifier(column) if column in names else column) -%}
    {%- endfor -%}
    {{ return(
        "create " ~ ("unique " if index.unique else "") ~ "index "
        ~ headwater.quote_identifier(headwater._index_name(index, target)) ~ " on " ~ target
        ~ " using " ~ index.method ~ " (" ~ parts | join(", ") ~ ")"
        ~ (" nulls not distinct" if index.nulls_not_distinct else "")
    ) }}
{% endmacro %}
