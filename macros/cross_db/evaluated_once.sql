{% macro evaluated_once() %}
    {{- adapter.dispatch("evaluated_once", "headwater")() -}}
{% endmacro %}

{# Nothing: the engine sees for itself that an expression stands there twice. #}
{% macro default__evaluated_once() -%} {%- endmacro %}

{# A fence that a query is not merged across; unlike a materialized CTE it keeps no rows. #}
{% macro postgres__evaluated_once() -%} offset 0 {%- endmacro %}

{% macro redshift__evaluated_once() -%} {%- endmacro %}
