{% macro lock_statement(name, wait=true, scope="transaction") %}
    {{- adapter.dispatch("lock_statement", "headwater")(name, wait, scope) -}}
{% endmacro %}

{# Nothing: an engine that merges in one atomic statement, or one writer at a time, needs no lock. #}
{% macro default__lock_statement(name, wait, scope) -%} select 1 {%- endmacro %}

{# The number of a lock is made of its name. #}
{% macro postgres__lock_statement(name, wait, scope) -%}
    {%- set number = "hashtextextended('headwater:" ~ name | replace("'", "''") ~ "', 0)" -%}
    {%- set within = "_xact" if scope == "transaction" else "" -%}
    {%- if wait -%} select pg_advisory{{ within }}_lock({{ number }})
    {%- else -%} select pg_try_advisory{{ within }}_lock({{ number }}) as is_locked
    {%- endif -%}
{%- endmacro %}

{% macro redshift__lock_statement(name, wait, scope) -%} select 1 {%- endmacro %}
