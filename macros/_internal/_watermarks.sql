{#-
    The newest value of a column in a table, as literals: a list of rows, each a literal for every
    column of `by` and then that of the value. Empty when the table is empty.
-#}
{% macro _watermarks(macro, column, lookback, relation, by=[], where=none) %}
    {%- set text_type = dbt.type_string() -%}
    {%- set types = {} -%}
    {%- for found in adapter.get_columns_in_relation(relation) -%}
        {%- do types.update({found.name: found.data_type}) -%}
    {%- endfor -%}
    {%- do headwater._check_columns_exist(macro, "column", [column], types.keys() | list) -%}
    {%- do headwater._check_columns_exist(macro, "by", by, types.keys() | list) -%}
    {%- set newest = "max(" ~ headwater.quote_identifier(column) ~ ")" -%}
    {%- if lookback is number -%} {%- set newest = newest ~ " - " ~ lookback -%}
    {%- elif lookback -%}
        {%- set span = headwater._span(macro, "lookback", lookback) -%}
        {%- set newest = dbt.dateadd(span.unit, -span.count, newest) -%}
    {%- endif -%}
    {%- set groups = headwater.get_quoted_identifiers(by) if by else [] -%}
    {%- set query -%}
        select
            {% for group in groups -%} cast({{ group }} as {{ text_type }}), {% endfor -%}
            cast(cast({{ newest }} as {{ types[column] }}) as {{ text_type }})
        from {{ relation }}
        {% if where -%} where {{ where }} {%- endif %}
        {% if groups -%} group by {{ groups | join(", ") }} {%- endif %}
    {%- endset -%}
    {%- set rows = [] -%}
    {%- for row in run_query(query).rows -%}
        {%- set literals = [] -%}
        {%- for value in row.values() -%}
            {%- set name = (by + [column])[loop.index0] -%}
            {%- set text = dbt.escape_single_quotes(value | string) -%}
            {%- set said = "null" if value is none else dbt.string_literal(text) -%}
            {%- do literals.append("cast(" ~ said ~ " as " ~ types[name] ~ ")") -%}
        {%- endfor -%}
        {%- if row[-1] is not none -%} {%- do rows.append(literals) -%} {%- endif -%}
    {%- endfor -%}
    {{ return(rows) }}
{% endmacro %}
