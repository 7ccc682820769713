{#- The name of a type as most engines write it, to see at a glance that two are one. -#}
{% macro _usual_type(type) %}
    {%- set usual = {
        "int": "integer", "int4": "integer", "int8": "bigint", "int2": "smallint", "decimal": "numeric",
        "varchar": "character varying", "char": "character", "bool": "boolean", "float8": "double precision",
        "double": "double precision", "float4": "real", "timestamp": "timestamp without time zone",
        "timestamptz": "timestamp with time zone",
    } -%}
    {%- set parts = (type | lower).split("(") -%}
    {%- set name = parts[0].split() | join(" ") -%}
    {{ return(usual.get(name, name) ~ parts[1:] | map("replace", " ", "") | join("(")) }}
{% endmacro %}
