{% macro error_text(message, value) %}
    {{- adapter.dispatch("error_text", "headwater")(message, value) -}}
{% endmacro %}

{# Made to depend on the row, so that it is not worked out before one needs it; nothing of the value is in it. #}
{% macro default__error_text(message, value) -%}
    {%- set shown = headwater._literal(message) ~ " || " ~ headwater.text_start(value, 0) -%}
    cast(cast({{ shown }} as integer) as {{ dbt.type_string() }})
{%- endmacro %}

{% macro duckdb__error_text(message, value) -%}
    cast(error({{ headwater._literal(message) }} || left({{ value }}, 0)) as varchar)
{%- endmacro %}

{% macro bigquery__error_text(message, value) -%}
    cast(error({{ headwater._literal(message) }} || left({{ value }}, 0)) as string)
{%- endmacro %}

{# Also Databricks. #}
{% macro spark__error_text(message, value) -%}
    cast(raise_error({{ headwater._literal(message) }} || left({{ value }}, 0)) as string)
{%- endmacro %}

{% macro trino__error_text(message, value) -%}
    cast(fail({{ headwater._literal(message) }} || substr({{ value }}, 1, 0)) as varchar)
{%- endmacro %}
