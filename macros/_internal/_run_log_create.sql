{#- Makes one table of the run log, unless it is there. -#}
{% macro _run_log_create(relation, columns) %}
    {%- set lines = [] -%}
    {%- for name, kind in columns.items() -%}
        {%- do lines.append(headwater.quote_identifier(name) ~ " " ~ headwater._run_log_type(kind)) -%}
    {%- endfor -%}
    {{ return("create table if not exists " ~ relation ~ " (" ~ lines | join(", ") ~ ")") }}
{% endmacro %}
