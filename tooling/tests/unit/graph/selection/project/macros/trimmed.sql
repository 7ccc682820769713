{% macro trimmed(column) %}trim({{ column }}){% endmacro %}
