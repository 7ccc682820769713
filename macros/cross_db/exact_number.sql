{% macro exact_number(expression) %}
    {{- adapter.dispatch("exact_number", "headwater")(expression) -}}
{% endmacro %}

{% macro default__exact_number(expression) -%}
    cast({{ expression }} as decimal(28, 6))
{%- endmacro %}

{#
    By its text: a text that is no number becomes NULL, where a cast would fail and show the value.
#}
{% macro postgres__exact_number(expression) -%}
    {%- set text = headwater._text_of(expression) -%}
    case
        when {{ text }} ~ '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?$'
        then cast({{ text }} as numeric)
    end
{%- endmacro %}

{% macro redshift__exact_number(expression) -%}
    cast({{ expression }} as decimal(28, 6))
{%- endmacro %}

{% macro duckdb__exact_number(expression) -%}
    try_cast({{ expression }} as decimal(28, 6))
{%- endmacro %}

{% macro snowflake__exact_number(expression) -%}
    try_cast(cast({{ expression }} as varchar) as decimal(28, 6))
{%- endmacro %}

{% macro bigquery__exact_number(expression) -%}
    safe_cast({{ expression }} as bignumeric)
{%- endmacro %}

{% macro trino__exact_number(expression) -%}
    try_cast({{ expression }} as decimal(28, 6))
{%- endmacro %}
