{% macro instant_literal(moment) %}
    {{- adapter.dispatch("instant_literal", "headwater")(moment) -}}
{% endmacro %}

{% macro default__instant_literal(moment) -%}
    cast('{{ moment }}' as {{ dbt.type_timestamp() }})
{%- endmacro %}

{# Without a type it takes that of the column it is compared with, in UTC whichever that is. #}
{% macro postgres__instant_literal(moment) -%} '{{ moment }}+00' {%- endmacro %}

{% macro redshift__instant_literal(moment) -%}
    {{- headwater.default__instant_literal(moment) -}}
{%- endmacro %}

{% macro duckdb__instant_literal(moment) -%} '{{ moment }}+00' {%- endmacro %}
