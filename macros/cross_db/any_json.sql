{% macro any_json(expression, otherwise) %}
    {{- adapter.dispatch("any_json", "headwater")(expression, otherwise) -}}
{% endmacro %}

{% macro default__any_json(expression, otherwise) -%}
    {{ headwater._raise_argument("mask_json", "target", "Postgres or DuckDB", adapter.type()) }}
{%- endmacro %}

{# A text is only cast where it is JSON: the error of a cast would show it. #}
{% macro postgres__any_json(expression, otherwise) -%}
    {%- set value = "to_jsonb(" ~ expression ~ ")" -%}
    {%- set text = "(" ~ value ~ " #>> '{}')" -%}
    case
        when jsonb_typeof({{ value }}) <> 'string'
        then {{ value }}
        when {{ text }} is json and {{ text }} not like '%\u0000%'
        then cast({{ text }} as jsonb)
        else cast({{ headwater._literal(otherwise) }} as jsonb)
    end
{%- endmacro %}

{% macro redshift__any_json(expression, otherwise) -%}
    {{ headwater.default__any_json(expression, otherwise) }}
{%- endmacro %}

{% macro duckdb__any_json(expression, otherwise) -%}
    coalesce(try_cast({{ expression }} as json), cast({{ headwater._literal(otherwise) }} as json))
{%- endmacro %}
