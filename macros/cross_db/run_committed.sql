{% macro run_committed(statements) %}
    {%- do adapter.dispatch("run_committed", "headwater")(statements) -%}
{% endmacro %}

{# dbt has begun a transaction when it looked for the table. #}
{% macro default__run_committed(statements) %}
    {%- for text in statements -%} {%- do run_query(text) -%} {%- endfor -%}
    {%- do run_query("commit") -%}
{% endmacro %}

{% macro postgres__run_committed(statements) %}
    {%- do run_query("begin;\n" ~ statements | join(";\n") ~ ";\ncommit") -%}
{% endmacro %}

{% macro redshift__run_committed(statements) %}
    {%- do headwater.default__run_committed(statements) -%}
{% endmacro %}
