{% macro analyze_statement(relation, columns) %}
    {{- adapter.dispatch("analyze_statement", "headwater")(relation, columns) -}}
{% endmacro %}

{# Nothing: the engine counts by itself. #}
{% macro default__analyze_statement(relation, columns) -%} {%- endmacro %}

{# A temporary table is never analyzed otherwise, and is taken for a handful of rows. #}
{% macro postgres__analyze_statement(relation, columns) -%}
    analyze {{ relation }}
    {%- if columns %} ({{ headwater.get_quoted_identifiers(columns) | join(", ") }}) {%- endif -%}
{%- endmacro %}

{% macro redshift__analyze_statement(relation, columns) -%} {%- endmacro %}
