{#- Whether what dbt calls a type is the type that the warehouse tells of, which a view may stand on. -#}
{% macro _scd2_is_same_type(stored, type) %}
    {%- set families = [
        ["text", "varchar", "character varying", "string"],
        ["timestamp", "timestamp without time zone"],
        ["boolean", "bool"],
    ] -%}
    {%- for family in families if stored | lower in family and type | lower in family -%}
        {{ return(true) }}
    {%- endfor -%}
    {{ return(stored | lower == type | lower) }}
{% endmacro %}
