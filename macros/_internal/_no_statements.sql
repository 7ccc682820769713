{#- What is written when nothing is: dbt wants to see one statement. -#}
{% macro _no_statements(run) %} {{ return(["select 1"]) }} {% endmacro %}
