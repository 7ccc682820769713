{% macro value_text(expression) %}
    {{- adapter.dispatch("value_text", "headwater")(expression) -}}
{% endmacro %}

{% macro default__value_text(expression) -%}
    cast({{ expression }} as {{ dbt.type_string() }})
{%- endmacro %}

{# Structs and arrays have no cast there. #}
{% macro bigquery__value_text(expression) -%}
    to_json_string(struct({{ expression }} as given_value))
{%- endmacro %}

{% macro redshift__value_text(expression) -%}
    json_serialize(object('v', {{ expression }}))
{%- endmacro %}
