{#- The names of a history's own columns: dbt's, unless `column_names` says otherwise, which `argument` is the name of. -#}
{% macro _history_names(macro, column_names, argument="column_names") %}
    {%- set names = {} -%}
    {%- for name in [
        "dbt_valid_from", "dbt_valid_to", "dbt_scd_id", "dbt_updated_at", "dbt_is_deleted"
    ] -%}
        {%- do names.update({name: name}) -%}
    {%- endfor -%}
    {%- if column_names is not none and column_names is not mapping -%}
        {{ headwater._raise_argument(
            macro, argument,
            "a mapping in the shape of snapshot_meta_column_names, such as "
            ~ "{'dbt_valid_from': 'valid_from', 'dbt_valid_to': 'valid_to'}",
            headwater._describe(column_names)
        ) }}
    {%- endif -%}
    {%- for name, given in (column_names or {}).items() -%}
        {%- if name not in names -%}
            {{ headwater._raise_argument(
                macro, argument,
                "names among '" ~ names.keys() | sort | join("', '") ~ "'",
                headwater._describe(name), headwater._suggestion(name | string, names.keys() | list)
            ) }}
        {%- endif -%}
        {%- do headwater._check_name(macro, argument, given) -%}
        {%- do names.update({name: given}) -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
