{#- Refuses to work on a run log that is not there: its schema may be misspelled. -#}
{% macro _run_log_check_there(macro) %}
    {%- set relation = headwater.get_run_log_relation("invocations") -%}
    {%- if load_relation(relation) is none -%}
        {{ exceptions.raise_compiler_error(
            "headwater." ~ macro ~ "(): there is no run log " ~ relation
            ~ "\n  hint: log_run() makes it at the end of a run; the variables 'run_log_schema' and"
            ~ " 'run_log_database' say where"
        ) }}
    {%- endif -%}
{% endmacro %}
