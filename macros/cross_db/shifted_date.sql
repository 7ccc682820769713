{% macro shifted_date(expression, days, type) %}
    {{- adapter.dispatch("shifted_date", "headwater")(expression, days, type) -}}
{% endmacro %}

{% macro default__shifted_date(expression, days, type) -%}
    cast(dateadd(day, {{ days }}, {{ expression }}) as {{ type }})
{%- endmacro %}

{% macro postgres__shifted_date(expression, days, type) -%}
    cast({{ expression }} + {{ days }} * interval '1 day' as {{ type }})
{%- endmacro %}

{% macro redshift__shifted_date(expression, days, type) -%}
    {{ headwater.default__shifted_date(expression, days, type) }}
{%- endmacro %}

{% macro duckdb__shifted_date(expression, days, type) -%}
    cast({{ expression }} + to_days(cast({{ days }} as integer)) as {{ type }})
{%- endmacro %}

{% macro bigquery__shifted_date(expression, days, type) -%}
    cast(datetime_add(cast({{ expression }} as datetime), interval {{ days }} day) as {{ type }})
{%- endmacro %}

{% macro trino__shifted_date(expression, days, type) -%}
    cast(date_add('day', {{ days }}, {{ expression }}) as {{ type }})
{%- endmacro %}
