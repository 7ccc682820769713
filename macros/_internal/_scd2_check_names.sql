{#- Nothing, or an error when a column of the events has the name of one that is added, or worked with. -#}
{% macro _scd2_check_names(macro, argument, names, own) %}
    {%- set taken = [] -%}
    {%- for name in own -%} {%- do taken.append(headwater.folded_name(name)) -%} {%- endfor -%}
    {%- set is_select = macro != "scd2" -%}
    {%- for name in names -%}
        {%- if headwater.folded_name(name) in taken -%}
            {{ headwater._raise_argument(
                macro, argument, "a query without the columns that " ~ macro ~ " adds", "'" ~ name ~ "'",
                "leave it out with columns=, or give the added one another name with column_names" if is_select else
                "rename it in the query, or give the added one another name with snapshot_meta_column_names"
            ) }}
        {%- elif name.startswith("headwater_") -%}
            {{ headwater._raise_argument(
                macro, argument, "no column of a name that begins with headwater_", "'" ~ name ~ "'",
                "leave it out with columns=" if is_select else "rename it in the query"
            ) }}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
