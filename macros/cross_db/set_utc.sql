{% macro set_utc() %} {{- adapter.dispatch("set_utc", "headwater")() -}} {% endmacro %}

{% macro default__set_utc() -%} {%- endmacro %}

{# Until the end of the transaction. #}
{% macro postgres__set_utc() -%} set local timezone = 'UTC' {%- endmacro %}

{% macro redshift__set_utc() -%} {%- endmacro %}
