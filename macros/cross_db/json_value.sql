{% macro json_value(expression) %}
    {{- adapter.dispatch("json_value", "headwater")(expression) -}}
{% endmacro %}

{# What it is; parsed_json() reads texts and JSON alike. #}
{% macro default__json_value(expression) -%} {{ expression }} {%- endmacro %}

{# One type, whatever the column's: a text becomes a JSON string. #}
{% macro postgres__json_value(expression) -%} to_jsonb({{ expression }}) {%- endmacro %}

{% macro redshift__json_value(expression) -%} {{ expression }} {%- endmacro %}
