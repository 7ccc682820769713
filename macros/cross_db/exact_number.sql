{% macro exact_number(expression) %}
    {{- adapter.dispatch("exact_number", "headwater")(expression) -}}
{% endmacro %}

{% macro default__exact_number(expression) -%}
    cast({{ expression }} as decimal(28, 6))
{%- endmacro %}

{#
    By its text: a text that is no number becomes NULL, where a cast would fail and show the value; so
    does one that no double holds, where a later cast would.
#}
{% macro postgres__exact_number(expression) -%}
    {%- set text = headwater._text_of(expression) -%}
    case
        when length({{ text }}) <= 300 and {{ text }} ~ '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)$'
        then cast({{ text }} as numeric)
        when {{ text }} ~ '^[+-]?[0-9]{1,8}([.][0-9]{0,20})?[eE][+-]?[012]?[0-9]{1,2}$'
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
