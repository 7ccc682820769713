{% macro log_run(results, labels=none, redact=[], messages=true) %}
    {%- if not execute -%} {{ return("") }} {%- endif -%}
    {%- set settings = headwater._run_log_settings(labels, redact, messages) -%}
    {%- set problem = settings.problem -%}
    {%- if not problem -%}
        {%- set tables = {} -%}
        {%- for table in headwater._run_log_columns() -%}
            {%- do tables.update({table: headwater.get_run_log_relation(table)}) -%}
        {%- endfor -%}
        {%- set rows = headwater._run_log_rows(results, settings) -%}
        {%- set problem = headwater.write_run_log(tables, rows) -%}
    {%- endif -%}
    {%- if problem -%}
        {%- do log(
            "headwater.log_run(): the run was not logged, and is not affected: "
            ~ headwater._redacted(problem, settings.secrets), info=true
        ) -%}
    {%- endif -%}
    {{ return("") }}
{% endmacro %}
