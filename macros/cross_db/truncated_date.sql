{% macro truncated_date(expression, to) %}
    {{- adapter.dispatch("truncated_date", "headwater")(expression, to) -}}
{% endmacro %}

{% macro default__truncated_date(expression, to) -%}
    cast(date_trunc('{{ to }}', {{ expression }}) as date)
{%- endmacro %}

{% macro bigquery__truncated_date(expression, to) -%}
    date_trunc(cast({{ expression }} as date), {{ "isoweek" if to == "week" else to }})
{%- endmacro %}
