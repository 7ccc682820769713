{% macro run_alone(statement) %}
    {%- do adapter.dispatch("run_alone", "headwater")(statement) -%}
{% endmacro %}

{% macro default__run_alone(statement) %}
    {%- do adapter.add_query(statement) -%} {%- do adapter.commit() -%}
{% endmacro %}

{% macro postgres__run_alone(statement) %}
    {%- do run_query("begin;\n" ~ statement ~ ";\ncommit") -%}
{% endmacro %}
