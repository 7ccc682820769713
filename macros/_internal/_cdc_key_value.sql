{#-
    SQL for the value of a key's column. Types whose cast from a text cuts nothing off are cast, which is
    quicker; the others are read as JSON, which refuses what does not fit.
-#}
{% macro _cdc_key_value(name, type) -%}
    {%- set plain = [
        "bigint", "int8", "integer", "int", "int4", "smallint", "int2", "text", "uuid", "date",
        "boolean", "numeric", "double precision", "varchar", "character varying",
        "timestamp without time zone", "timestamp", "timestamp with time zone", "timestamptz",
    ] -%}
    {%- if type | lower in plain -%}
        cast(
            {{ headwater.json_text("key", [name]) }} as {{ type }}
        ) as {{ headwater.quote_identifier(name) }}
    {%- else -%}
        (
            select value
            from
                jsonb_to_record(
                    jsonb_build_object('value', {{ headwater.json_field("key", name) }})
                ) as member(value {{ type }})
        ) as {{ headwater.quote_identifier(name) }}
    {%- endif -%}
{%- endmacro %}
