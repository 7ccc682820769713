{% macro parsed_json(expression) %}
    {{- adapter.dispatch("parsed_json", "headwater")(expression) -}}
{% endmacro %}

{% macro default__parsed_json(expression) -%}
    {{ headwater._raise_argument(
        "parsed_json", "expression", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{#
    JSON is taken as it is; a text is only cast where it is JSON. jsonb takes no zero character, which
    JSON may escape.
#}
{% macro postgres__parsed_json(expression) -%}
    {%- set value = "to_jsonb(" ~ expression ~ ")" -%}
    {%- set text = "(" ~ value ~ " #>> '{}')" -%}
    case
        when jsonb_typeof({{ value }}) = 'object'
        then {{ value }}
        when jsonb_typeof({{ value }}) <> 'string'
        then null
        when {{ text }} is json object and {{ text }} not like '%\\u0000%'
        then cast({{ text }} as jsonb)
    end
{%- endmacro %}

{% macro duckdb__parsed_json(expression) -%}
    case
        when json_type(try_cast({{ expression }} as json)) = 'OBJECT'
        then cast({{ expression }} as json)
    end
{%- endmacro %}
