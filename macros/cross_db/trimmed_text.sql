{% macro trimmed_text(expression) %}
    {{- adapter.dispatch("trimmed_text", "headwater")(expression) -}}
{% endmacro %}

{% macro default__trimmed_text(expression) -%} trim({{ expression }}) {%- endmacro %}

{# Its trim() alone takes every sign that Unicode calls a space. #}
{% macro duckdb__trimmed_text(expression) -%} trim({{ expression }}, ' ') {%- endmacro %}
