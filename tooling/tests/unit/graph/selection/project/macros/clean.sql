{% macro clean(column) %}{{ trimmed(column) }}{% endmacro %}
