{% macro first_present_value(expression, column, place) %}
    {{- adapter.dispatch("first_present_value", "headwater")(expression, column, place) -}}
{% endmacro %}

{# Snowflake, Spark, Databricks, Trino: rows whose place is NULL are passed over. #}
{% macro default__first_present_value(expression, column, place) -%}
    min_by({{ expression }}, case when {{ expression }} is not null then {{ place }} end)
{%- endmacro %}

{# An array of arrays is one array of more dimensions, so arrays travel as texts. #}
{% macro postgres__first_present_value(expression, column, place) -%}
    {%- set is_array = column and column.type.endswith("]") -%}
    {%- set value = "cast(" ~ expression ~ " as text)" if is_array else expression -%}
    {%- set found = "(array_agg(" ~ value ~ " order by " ~ place ~ ") filter (where " ~ expression
        ~ " is distinct from null))[1]" -%}
    {{- "cast(" ~ found ~ " as " ~ column.type ~ ")" if is_array else found -}}
{%- endmacro %}

{% macro redshift__first_present_value(expression, column, place) -%}
    {{ headwater._raise_argument(
        "coalesce_duplicates", "relation", "an engine with an aggregate such as min_by()", "redshift"
    ) }}
{%- endmacro %}

{% macro fabric__first_present_value(expression, column, place) -%}
    {{ headwater._raise_argument(
        "coalesce_duplicates", "relation", "an engine with an aggregate such as min_by()", "fabric"
    ) }}
{%- endmacro %}

{% macro duckdb__first_present_value(expression, column, place) -%}
    arg_min({{ expression }}, {{ place }})
{%- endmacro %}

{% macro bigquery__first_present_value(expression, column, place) -%}
    array_agg({{ expression }} ignore nulls order by {{ place }} limit 1)[safe_offset(0)]
{%- endmacro %}
