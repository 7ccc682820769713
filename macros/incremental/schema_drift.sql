{% macro schema_drift(relation, expected) %}
    {%- set drift = {"added": [], "dropped": [], "widened": [], "retyped": []} -%}
    {%- set given = {"relation": relation, "expected": expected} -%}
    {%- for argument, side in given.items() -%}
        {%- do headwater._check_table_or_view("schema_drift", argument, side) -%}
    {%- endfor -%}
    {%- if execute -%}
        {%- set sides = [] -%}
        {%- for argument, side in given.items() -%}
            {%- set columns = [] -%}
            {%- for column in headwater.known_columns(side) -%}
                {%- do columns.append({"name": column.name, "type": column.written or column.type}) -%}
            {%- endfor -%}
            {%- if not columns -%}
                {{ headwater._raise_argument(
                    "schema_drift", argument, "a table or view that is there", side | string
                ) }}
            {%- endif -%}
            {%- do sides.append(columns) -%}
        {%- endfor -%}
        {%- set drift = headwater._column_drift(sides[0], sides[1]) -%}
    {%- endif -%}
    {%- set rows = [] -%}
    {%- for change, columns in drift.items() -%}
        {%- for column in columns -%}
            {%- do rows.append([column.name, change, column.old_type, column.type]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- headwater._drift_rows(rows) -}}
{% endmacro %}
