{#
    dbt-spark in a session of its own writes NULL as the text "None" and leaves quotes in a text as
    they are, so seeds are written here.
#}
{% macro spark__load_csv_rows(model, agate_table) %}
    {%- set types = model.config.get("column_types") or {} -%}
    {%- set rows = [] -%}
    {%- for row in agate_table.rows -%}
        {%- set values = [] -%}
        {%- for name in agate_table.column_names -%}
            {%- set type = types.get(name, adapter.convert_type(agate_table, loop.index0)) -%}
            {%- set text = dbt.escape_single_quotes(row[loop.index0] | string | replace("\\", "\\\\")) -%}
            {%- set value = "null" if row[loop.index0] is none else dbt.string_literal(text) -%}
            {%- do values.append("cast(" ~ value ~ " as " ~ type ~ ")") -%}
        {%- endfor -%}
        {%- do rows.append("(" ~ values | join(", ") ~ ")") -%}
    {%- endfor -%}
    {%- set sql = "insert into " ~ this ~ " values " ~ rows | join(", ") -%}
    {%- do adapter.add_query(sql, abridge_sql_log=true) -%}
    {{ return(sql) }}
{% endmacro %}
