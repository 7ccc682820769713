{% macro row_address_type() %}
    {{- adapter.dispatch("row_address_type", "headwater")() -}}
{% endmacro %}

{% macro default__row_address_type() -%} bigint {%- endmacro %}

{% macro postgres__row_address_type() -%} tid {%- endmacro %}

{% macro redshift__row_address_type() -%} bigint {%- endmacro %}
