{#- Whether every value of type `old` is, unchanged, a value of type `new`, and the two differ. -#}
{% macro _is_wider_type(old, new) %}
    {%- set whole = {
        "tinyint": 3, "smallint": 5, "int2": 5, "integer": 10, "int": 10, "int4": 10,
        "bigint": 19, "int8": 19, "hugeint": 39,
    } -%}
    {%- set texts = ["varchar", "character varying", "text", "string"] -%}
    {%- set exact = ["numeric", "decimal", "number"] -%}
    {%- set base = (old | lower).split("(")[0] | trim -%}
    {%- set new_base = (new | lower).split("(")[0] | trim -%}
    {%- set size = old.split("(")[1].split(")")[0].split(",") if "(" in old else [] -%}
    {%- set new_size = new.split("(")[1].split(")")[0].split(",") if "(" in new else [] -%}
    {%- if old | lower == new | lower -%} {{ return(false) }}
    {%- elif base in whole and new_base in whole -%} {{ return(whole[new_base] > whole[base]) }}
    {%- elif base in texts and new_base in texts -%}
        {{ return((size and not new_size)
            or ((size and new_size) and new_size[0] | int > size[0] | int) or false) }}
    {%- elif new_base in exact and not new_size -%}
        {{ return(base in whole or (base in exact and size | length > 0)) }}
    {%- elif new_base in exact and (base in whole or (base in exact and size)) -%}
        {%- set scale = size[1] | int if size | length > 1 else 0 -%}
        {%- set digits = whole[base] if base in whole else size[0] | int - scale -%}
        {%- set new_scale = new_size[1] | int if new_size | length > 1 else 0 -%}
        {{ return(new_scale >= scale and new_size[0] | int - new_scale >= digits) }}
    {%- elif new_base in ["double precision", "double", "float8", "float64"] -%}
        {{ return(base in ["real", "float", "float4"] or whole.get(base, 99) <= 10) }}
    {%- else -%} {{ return(false) }}
    {%- endif -%}
{% endmacro %}
