{#-
    What has to be done before rows can be written: the statements that make tables and add columns, why
    nothing can be written (`problem`), and whether this invocation is there already. A column that is
    not ours stays as it is.
-#}
{% macro _run_log_fitting(tables) %}
    {%- set statements, problems = [], [] -%}
    {%- set first = tables.invocations -%}
    {%- if (first.schema | lower) != (target.schema | lower)
        and not adapter.check_schema_exists(first.database, first.schema) -%}
        {%- do statements.append("create schema if not exists " ~ first.without_identifier()) -%}
    {%- endif -%}
    {%- set found_any = namespace(value=false) -%}
    {%- for table, columns in headwater._run_log_columns().items() -%}
        {%- set wanted = tables[table] -%}
        {%- set found = none if statements else adapter.get_relation(
            database=wanted.database, schema=wanted.schema, identifier=wanted.identifier
        ) -%}
        {%- if found is none -%}
            {%- do statements.append(headwater._run_log_create(wanted, columns)) -%}
        {%- elif not found.is_table -%}
            {%- do problems.append(found ~ " is a " ~ found.type ~ " and no table") -%}
        {%- else -%}
            {%- set found_any.value = table == "invocations" or found_any.value -%}
            {%- set there = {} -%}
            {%- for column in adapter.get_columns_in_relation(found) -%}
                {%- do there.update({column.name | lower: column.data_type | lower}) -%}
            {%- endfor -%}
            {%- for name, kind in columns.items() -%}
                {%- if name not in there -%}
                    {%- do statements.append(
                        "alter table " ~ wanted ~ " add column " ~ headwater.quote_identifier(name)
                        ~ " " ~ headwater._run_log_type(kind)
                    ) -%}
                {%- elif not headwater._run_log_holds(there[name], kind) -%}
                    {%- do problems.append(
                        "column '" ~ name ~ "' of " ~ found ~ " is of the type " ~ there[name]
                    ) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set known = run_query(
        "select count(*) from " ~ first ~ " where invocation_id = "
        ~ headwater.text_literal(invocation_id)
    ).rows[0][0] if found_any.value and not problems else 0 -%}
    {{ return({
        "statements": statements, "problem": problems | join("; "), "has_invocation": known > 0,
    }) }}
{% endmacro %}
