{#- Deletes of what is logged of this invocation, so that a second log_run() replaces the first. -#}
{% macro _run_log_deletes(tables) %}
    {%- set statements = [] -%}
    {%- for table in tables.values() -%}
        {%- do statements.append(
            "delete from " ~ table ~ " where invocation_id = " ~ headwater.text_literal(invocation_id)
        ) -%}
    {%- endfor -%}
    {{ return(statements) }}
{% endmacro %}
