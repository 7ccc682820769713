{#- The types that the model gives its columns, by name: `column_types`, else `data_type` in its .yml. -#}
{% macro _cdc_column_types() %}
    {%- set types = {} -%}
    {%- for name, column in model.columns.items() if column.data_type -%}
        {%- do types.update({name: column.data_type}) -%}
    {%- endfor -%}
    {%- set given = headwater._option("column_types", {}) -%}
    {%- if given is not mapping -%}
        {{ headwater._raise_argument(
            "cdc_apply", "column_types", "a mapping, such as {'order_id': 'bigint'}",
            headwater._describe(given)
        ) }}
    {%- endif -%}
    {%- for name, type in given.items() if type is not string or not type | trim -%}
        {{ headwater._raise_argument(
            "cdc_apply", "column_types", "the type of each column as a string, such as 'numeric(10, 2)'",
            headwater._describe(type) ~ " for '" ~ name ~ "'"
        ) }}
    {%- endfor -%}
    {%- do types.update(given) -%}
    {{ return(types) }}
{% endmacro %}
