{% macro trimmed(column) %}{{ column }}{% endmacro %}
