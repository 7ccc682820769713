{% macro is_time(expression) %}
    {{- adapter.dispatch("is_time", "headwater")(expression) -}}
{% endmacro %}

{# Not known: its text has to be looked at. #}
{% macro default__is_time(expression) -%} false {%- endmacro %}

{% macro postgres__is_time(expression) -%}
    (pg_typeof({{ expression }}) in (cast('timestamp' as regtype), cast('timestamptz' as regtype)))
{%- endmacro %}

{% macro redshift__is_time(expression) -%} false {%- endmacro %}
