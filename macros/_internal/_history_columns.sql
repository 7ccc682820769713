{#-
    The columns of a history that are no part of its key and none of its own, as a mapping to their
    names in the result: those asked for, as a list or a mapping, or all that are known.
-#}
{% macro _history_columns(history, key, columns) %}
    {%- set result = {} -%}
    {%- if columns is none -%}
        {%- set left_out = [] -%}
        {%- for name in key + history.names.values() | list -%}
            {%- do left_out.append(headwater.folded_name(name)) -%}
        {%- endfor -%}
        {%- for column in history.known if headwater.folded_name(column.name) not in left_out -%}
            {%- do result.update({column.name: column.name}) -%}
        {%- endfor -%}
        {%- if not history.known and execute -%}
            {{ headwater._raise_argument(
                history.macro, "columns",
                "the names of the columns, which can't be known of a CTE or a select", "none",
                "pass a relation such as ref('customers'), or name the columns"
            ) }}
        {%- endif -%}
        {{ return(result) }}
    {%- endif -%}
    {%- set given = columns -%}
    {%- if columns is mapping -%} {%- set given = columns.keys() | list -%} {%- endif -%}
    {%- do headwater._check_column_list(history.macro, "columns", given) -%}
    {%- do headwater._check_known(history.macro, "columns", given, history.known) -%}
    {%- for name in given -%}
        {%- set shown = columns[name] if columns is mapping else name -%}
        {%- do headwater._check_name(history.macro, "columns", shown) -%}
        {%- do result.update({name: shown}) -%}
    {%- endfor -%}
    {{ return(result) }}
{% endmacro %}
