{% macro get_run_log_rows(table) %}
    {%- set relation = headwater.get_run_log_relation(table) -%}
    {%- if not execute -%} {{ return(relation) }} {%- endif -%}
    {%- set found, there, values = load_relation(relation), [], [] -%}
    {%- set columns = adapter.get_columns_in_relation(found) if found is not none else [] -%}
    {%- for column in columns -%} {%- do there.append(column.name | lower) -%} {%- endfor -%}
    {%- for name, kind in headwater._run_log_columns()[table].items() -%}
        {%- set quoted = headwater.quote_identifier(name) -%}
        {%- do values.append(
            quoted if name in there
            else "cast(null as " ~ headwater._run_log_type(kind) ~ ") as " ~ quoted
        ) -%}
    {%- endfor -%}
    {%- set source = " limit 0" if found is none else " from " ~ relation -%}
    {{ return("(select " ~ values | join(", ") ~ source ~ ")") }}
{% endmacro %}
