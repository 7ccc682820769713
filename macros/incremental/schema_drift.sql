{% macro schema_drift(relation, expected) %}
    {%- set drift = {"added": [], "dropped": [], "widened": [], "retyped": []} -%}
    {%- if execute -%}
        {%- set sides = [] -%}
        {%- for side in [relation, expected] -%}
            {%- set columns = [] -%}
            {%- for column in adapter.get_columns_in_relation(side) -%}
                {%- do columns.append({"name": column.name, "type": column.data_type}) -%}
            {%- endfor -%}
            {%- if not columns -%}
                {{ headwater._raise_argument(
                    "schema_drift", "relation" if loop.first else "expected",
                    "a table or view that exists", side | string
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
