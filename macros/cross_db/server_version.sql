{% macro server_version() %}
    {{- adapter.dispatch("server_version", "headwater")() -}}
{% endmacro %}

{# No macro asks for it there. #}
{% macro default__server_version() -%} 0 {%- endmacro %}

{# A question to the server, where there is one: nothing else says it while a model is compiled. #}
{% macro postgres__server_version() -%}
    {%- set is_connected = execute and run_query is defined -%}
    {%- set answer = run_query("show server_version_num") if is_connected else none -%}
    {{- answer.columns[0].values()[0] if answer else 160000 -}}
{%- endmacro %}

{% macro redshift__server_version() -%} 0 {%- endmacro %}
