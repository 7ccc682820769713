{#- The type of a column of the run log. -#}
{% macro _run_log_type(kind) %}
    {%- if kind == "text" -%} {{ return(dbt.type_string()) }}
    {%- elif kind == "time" -%} {{ return(dbt.type_timestamp()) }}
    {%- elif kind == "number" -%} {{ return(dbt.type_bigint()) }}
    {%- elif kind == "seconds" -%} {{ return(dbt.type_float()) }}
    {%- endif -%}
    {{ return(dbt.type_boolean()) }}
{% endmacro %}
