{#-
    What else would refuse the rows, in tables that somebody has changed: the reason, or an empty text. Asked
    where an error cannot be caught; what an engine does not tell of itself stays unknown.
-#}
{% macro run_log_obstacle(tables, rows, fitting) %}
    {{ return(adapter.dispatch("run_log_obstacle", "headwater")(tables, rows, fitting)) }}
{% endmacro %}

{% macro default__run_log_obstacle(tables, rows, fitting) %} {{ return("") }} {% endmacro %}

{#
    A key is refused only where rows are replaced: DuckDB looks at it before the old ones are gone. Whether a
    check or a foreign key would hold cannot be told from here.
#}
{% macro duckdb__run_log_obstacle(tables, rows, fitting) %}
    {%- set first, ours = tables.invocations, headwater._run_log_columns() -%}
    {%- set database = headwater.text_literal(first.database) -%}
    {%- set schema = headwater.text_literal(first.schema) -%}
    {%- set said = run_query(
        "select 'read', 'only', '', '' from duckdb_databases() where readonly and database_name = "
        ~ database ~ " union all select 'type', table_name, column_name, lower(data_type)"
        ~ " from duckdb_columns() where database_name = " ~ database ~ " and schema_name = " ~ schema
        ~ " and table_name like 'headwater_run_%'"
        ~ " union all select 'must', table_name, column_name, '' from duckdb_columns()"
        ~ " where not is_nullable and column_default is null and database_name = " ~ database
        ~ " and schema_name = " ~ schema ~ " and table_name like 'headwater_run_%'"
        ~ " union all select lower(constraint_type), table_name, constraint_text, ''"
        ~ " from duckdb_constraints() where constraint_type <> 'NOT NULL' and database_name = "
        ~ database ~ " and schema_name = " ~ schema ~ " and table_name like 'headwater_run_%'"
        ~ " union all select 'unique', table_name, index_name, '' from duckdb_indexes()"
        ~ " where is_unique and database_name = " ~ database ~ " and schema_name = " ~ schema
        ~ " and table_name like 'headwater_run_%'"
    ).rows -%}
    {%- for what, name, detail, type in said -%}
        {%- set table = name.replace("headwater_run_", "", 1) -%}
        {%- set kind = ours.get(table, {}).get(detail | lower) -%}
        {%- if what == "read" -%} {{ return("the database " ~ first.database ~ " is read-only") }}
        {%- elif table not in ours -%}
        {%- elif what == "type" -%}
            {%- set narrow = type not in ["bigint", "hugeint", "double", "float", "varchar"] if kind == "number"
                else type not in ["double", "float", "varchar"] if kind == "seconds" -%}
            {%- if narrow -%}
                {{ return("column '" ~ detail ~ "' of " ~ name ~ " is of the type " ~ type) }}
            {%- endif -%}
        {%- elif what == "must" -%}
            {%- set empty = rows[table] | map(attribute=detail | lower) | reject("none") | list -%}
            {%- if kind is none or empty | length < rows[table] | length -%}
                {{ return("column '" ~ detail ~ "' of " ~ name ~ " may not be empty") }}
            {%- endif -%}
        {%- elif what in ["check", "foreign key"] or fitting.has_invocation -%}
            {{ return(name ~ " has a rule of its own: " ~ (detail or what)) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return("") }}
{% endmacro %}
