{#-
    Sort terms that tell any two different rows apart: every column that is returned, unless it stands
    before them already, or the row as a whole where its columns are not known.
-#}
{% macro _total_order(macro, key, items, columns, known) %}
    {%- if not known -%}
        {{ return([headwater.row_sort_value("headwater_rows", columns or [], macro)]) }}
    {%- endif -%}
    {%- set placed, terms = [], [] -%}
    {%- for name in key + items | map(attribute="name") | select("string") | list -%}
        {%- do placed.append(headwater.folded_name(name)) -%}
    {%- endfor -%}
    {%- for name in columns or known | map(attribute="name") | list -%}
        {%- set column = headwater.column_reference(name, "headwater_rows") -%}
        {%- set known_column = headwater._known_column(name, known) -%}
        {%- set term = headwater.total_sort_value(column, known_column) -%}
        {%- if term != column or headwater.folded_name(name) not in placed -%}
            {%- do terms.append(term) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(terms) }}
{% endmacro %}
