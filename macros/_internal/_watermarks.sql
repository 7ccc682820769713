{#-
    The newest value of a column in a table, as literals: a list of rows, each a literal for every
    column of `by` and then that of the value. Empty when the table is empty.
-#}
{% macro _watermarks(macro, column, lookback, relation, by=[], where=none) %}
    {%- do headwater._check_table_or_view(macro, "relation", relation) -%}
    {%- set known = headwater.known_columns(relation) -%}
    {%- if not known -%}
        {{ headwater._raise_argument(
            macro, "relation", "a table or view that is there", relation | string
        ) }}
    {%- endif -%}
    {%- set text_type = dbt.type_string() -%}
    {%- set types = [] -%}
    {%- for name in by + [column] -%}
        {%- set argument = "column" if loop.last else "by" -%}
        {%- do headwater._check_column(macro, argument, name, known) -%}
        {%- do headwater._check_comparable(macro, argument, name, known) -%}
        {%- set found = headwater._known_column(name, known) -%}
        {%- do types.append(found.written or found.type) -%}
    {%- endfor -%}
    {%- set newest = headwater._newest(macro, column, types[-1], lookback) -%}
    {%- set conditions = ["(" ~ where ~ ")"] if where else [] -%}
    {%- set conditions = conditions + headwater._finite(column, types[-1]) -%}
    {%- set groups = headwater.get_quoted_identifiers(by) if by else [] -%}
    {%- set query -%}
        select
            {% for group in groups -%} cast({{ group }} as {{ text_type }}), {% endfor -%}
            cast(cast({{ newest }} as {{ types[-1] }}) as {{ text_type }})
        from {{ relation }}
        {% if conditions -%} where {{ conditions | join(" and ") }} {%- endif %}
        {% if groups -%} group by {{ groups | join(", ") }} {%- endif %}
    {%- endset -%}
    {%- set rows = [] -%}
    {%- for row in run_query(query).rows -%}
        {%- set literals = [] -%}
        {%- for value in row.values() -%}
            {%- set text = dbt.escape_single_quotes(value | string) -%}
            {%- set said = "null" if value is none else dbt.string_literal(text) -%}
            {%- do literals.append("cast(" ~ said ~ " as " ~ types[loop.index0] ~ ")") -%}
        {%- endfor -%}
        {%- if row[-1] is not none -%} {%- do rows.append(literals) -%} {%- endif -%}
    {%- endfor -%}
    {{ return(rows) }}
{% endmacro %}
