{% macro cents(column) %}cast({{ column }} as numeric) / 100{% endmacro %}
