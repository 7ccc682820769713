{% macro first_present_value(expression, column, place) %}
    {{- adapter.dispatch("first_present_value", "headwater")(expression, column, place) -}}
{% endmacro %}

{# Snowflake, Spark, Databricks, Trino: rows whose place is NULL are passed over. #}
{% macro default__first_present_value(expression, column, place) -%}
    min_by({{ expression }}, case when {{ expression }} is not null then {{ place }} end)
{%- endmacro %}

{#
    An array of arrays is one array of more dimensions, so arrays travel as texts, and so do types of
    somebody's own, which may be arrays by another name. Of a select nothing is known before it runs: an
    element of an array of more dimensions would be NULL.
#}
{% macro postgres__first_present_value(expression, column, place) -%}
    {%- set single = [
        "smallint", "integer", "bigint", "numeric", "real", "double", "text", "character", "boolean",
        "date", "timestamp", "time", "interval", "uuid", "bytea", "json", "jsonb", "xml", "money",
    ] -%}
    {%- set is_single = not column
        or (column.type.split("(")[0].split(" ")[0] in single and not column.type.endswith("]")) -%}
    {%- set value = expression if is_single else "cast(" ~ expression ~ " as text)" -%}
    {%- set values = "array_agg(" ~ value ~ " order by " ~ place ~ ") filter (where " ~ expression
        ~ " is distinct from null)" -%}
    {%- set found = "(" ~ values ~ ")[1]" -%}
    {%- set message = "'headwater.coalesce_duplicates(): an array in a column of a select; pass a relation'" -%}
    {%- if not column -%}
        case
            when array_ndims({{ values }}) = 1 or {{ values }} is not distinct from null
            then {{ found }}
            when {{ headwater.error_value(message ~ " || left('', array_ndims(" ~ values ~ "))") }}
            then {{ found }}
        end
    {%- else -%} {{- found if is_single else "cast(" ~ found ~ " as " ~ column.type ~ ")" -}}
    {%- endif -%}
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
