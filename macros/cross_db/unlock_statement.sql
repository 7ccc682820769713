{% macro unlock_statement(name) %}
    {{- adapter.dispatch("unlock_statement", "headwater")(name) -}}
{% endmacro %}

{% macro default__unlock_statement(name) -%} {%- endmacro %}

{% macro postgres__unlock_statement(name) -%}
    select pg_advisory_unlock({{ headwater._lock_number(name) }})
{%- endmacro %}

{% macro redshift__unlock_statement(name) -%} {%- endmacro %}
