{% macro empty_statement(relation, facts) %}
    {{- adapter.dispatch("empty_statement", "headwater")(relation, facts) -}}
{% endmacro %}

{% macro default__empty_statement(relation, facts) -%}
    delete from {{ relation }} where true
{%- endmacro %}

{# Fast, and rolled back like any other statement there; not for who is not the owner. #}
{% macro postgres__empty_statement(relation, facts) -%}
    {%- set is_fast = facts.is_owner and not facts.is_referenced -%}
    {{ ("truncate table " if is_fast else "delete from ") ~ relation }}
{%- endmacro %}

{# `truncate` commits there. #}
{% macro redshift__empty_statement(relation, facts) -%} delete from {{ relation }} {%- endmacro %}

{% macro fabric__empty_statement(relation, facts) -%} delete from {{ relation }} {%- endmacro %}
