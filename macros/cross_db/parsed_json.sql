{% macro parsed_json(value, version) %}
    {{- adapter.dispatch("parsed_json", "headwater")(value, version) -}}
{% endmacro %}

{% macro default__parsed_json(value, version) -%}
    {{ headwater._raise_argument(
        "parsed_json", "value", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{#
    A text is only cast where it is JSON, which no expression can tell before version 16; cdc_apply brings
    a function for it. jsonb takes no zero character, which JSON may escape.
#}
{% macro postgres__parsed_json(value, version) -%}
    {%- set text = "(" ~ value ~ " #>> '{}')" -%}
    {%- set no_zero = text ~ " not like '%\\u0000%'" -%}
    {%- if version >= 160000 -%}
        {%- set parsed = "when " ~ text ~ " is json object and " ~ no_zero ~ " then cast(" ~ text ~ " as jsonb)" -%}
    {%- elif config.get("materialized") == "cdc_apply" -%}
        {%- set parsed = "when true then pg_temp.headwater_json_object(" ~ text ~ ")" -%}
    {%- else -%}
        {%- set parsed = "when left(ltrim(" ~ text ~ "), 1) = '{' and " ~ no_zero ~ " then cast(" ~ text ~ " as jsonb)" -%}
    {%- endif -%}
    case
        jsonb_typeof({{ value }})
        when 'object'
        then {{ value }}
        when 'string'
        then case {{ parsed }} end
    end
{%- endmacro %}

{% macro duckdb__parsed_json(value, version) -%}
    case when json_type(try_cast({{ value }} as json)) = 'OBJECT' then cast({{ value }} as json) end
{%- endmacro %}
