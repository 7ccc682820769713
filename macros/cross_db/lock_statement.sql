{% macro lock_statement(name, wait=true, scope="transaction") %}
    {{- adapter.dispatch("lock_statement", "headwater")(name, wait, scope) -}}
{% endmacro %}

{# Nothing: an engine that merges in one atomic statement, or one writer at a time, needs no lock. #}
{% macro default__lock_statement(name, wait, scope) -%} {%- endmacro %}

{# A lock that is not to be waited for, and is held by another, is an error. #}
{% macro postgres__lock_statement(name, wait, scope) -%}
    {%- set number = headwater._lock_number(name) -%}
    {%- set within = "_xact" if scope == "transaction" else "" -%}
    {#- A name may hold what ends the block. -#}
    {%- set said = name | replace("'", "''") | replace("$", "' || chr(36) || '") -%}
    {%- if wait -%} select pg_advisory{{ within }}_lock({{ number }})
    {%- else -%}
        do $headwater$
        begin
            if not pg_try_advisory{{ within }}_lock({{ number }}) then
                raise exception '%', 'headwater.lock(): another session holds the lock "{{ said }}"';
            end if;
        end
        $headwater$
    {%- endif -%}
{%- endmacro %}

{% macro redshift__lock_statement(name, wait, scope) -%} {%- endmacro %}
