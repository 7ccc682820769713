{% macro json_type() %} {{- adapter.dispatch("json_type", "headwater")() -}} {% endmacro %}

{% macro default__json_type() -%} {{ dbt.type_string() }} {%- endmacro %}

{% macro postgres__json_type() -%} jsonb {%- endmacro %}

{% macro redshift__json_type() -%} super {%- endmacro %}

{% macro duckdb__json_type() -%} json {%- endmacro %}
