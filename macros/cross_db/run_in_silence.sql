{% macro run_in_silence(statements) %}
    {%- do adapter.dispatch("run_in_silence", "headwater")(statements) -%}
{% endmacro %}

{% macro default__run_in_silence(statements) %}
    {%- do headwater.run_alone(statements | join(";\n")) -%}
{% endmacro %}

{# An error of Postgres has the row in its details; what is raised instead has only its message. #}
{% macro postgres__run_in_silence(statements) %}
    {%- set block -%}
        do $headwater$
        begin
            {{ statements | join(";\n") }};
        exception when others then
            raise exception using message = sqlerrm, errcode = sqlstate;
        end
        $headwater$
    {%- endset -%}
    {%- do headwater.run_alone(block) -%}
{% endmacro %}
