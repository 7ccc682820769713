{% macro same_value(left, right) %}
    {{- adapter.dispatch("same_value", "headwater")(left, right) -}}
{% endmacro %}

{% macro default__same_value(left, right) -%}
    {{ left }} is not distinct from {{ right }}
{%- endmacro %}

{# Also Databricks, whose adapter inherits from Spark. #}
{% macro spark__same_value(left, right) -%} {{ left }} <=> {{ right }} {%- endmacro %}

{% macro redshift__same_value(left, right) -%}
    ({{ left }} = {{ right }} or ({{ left }} is null and {{ right }} is null))
{%- endmacro %}
