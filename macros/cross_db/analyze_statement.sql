{% macro analyze_statement(relation, columns, statistics=none) %}
    {{- adapter.dispatch("analyze_statement", "headwater")(relation, columns, statistics) -}}
{% endmacro %}

{# Nothing: the engine counts by itself. #}
{% macro default__analyze_statement(relation, columns, statistics=none) -%} {%- endmacro %}

{# A temporary table is never analyzed otherwise, and is taken for a handful of rows. #}
{% macro postgres__analyze_statement(relation, columns, statistics=none) -%}
    {%- if statistics -%}
        alter table {{ relation }}
        {%- for column in headwater.get_quoted_identifiers(columns) %}
        alter column {{ column }} set statistics {{ statistics }}{{ "," if not loop.last }}
        {%- endfor %}
        ;
    {% endif -%}
    analyze {{ relation }}
    {%- if columns %} ({{ headwater.get_quoted_identifiers(columns) | join(", ") }}) {%- endif -%}
{%- endmacro %}

{% macro redshift__analyze_statement(relation, columns, statistics=none) -%} {%- endmacro %}
