{% macro identifier_limit() %}
    {{- adapter.dispatch("identifier_limit", "headwater")() -}}
{% endmacro %}

{# 0: no limit that a person would reach. #}
{% macro default__identifier_limit() -%} 0 {%- endmacro %}

{# Postgres cuts a longer name without an error, and two cut names may be equal. #}
{% macro postgres__identifier_limit() -%} 63 {%- endmacro %}

{% macro redshift__identifier_limit() -%} 127 {%- endmacro %}
