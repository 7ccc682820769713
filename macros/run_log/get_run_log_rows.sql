{% macro get_run_log_rows(table) %}
    {%- set relation = headwater.get_run_log_relation(table) -%}
    {%- set found = load_relation(relation) if execute else relation -%}
    {%- if found is not none -%} {{ return(relation) }} {%- endif -%}
    {%- set empty = [] -%}
    {%- for name, kind in headwater._run_log_columns()[table].items() -%}
        {%- do empty.append(
            "cast(null as " ~ headwater._run_log_type(kind) ~ ") as "
            ~ headwater.quote_identifier(name)
        ) -%}
    {%- endfor -%}
    {{ return("(select " ~ empty | join(", ") ~ " limit 0)") }}
{% endmacro %}
