{#- Whether a column of this type takes what is written into one of this kind. -#}
{% macro _run_log_holds(type, kind) %}
    {%- set words = {
        "text": ["char", "text", "string", "clob"], "time": ["time", "date"],
        "number": ["int", "num", "dec", "float", "double", "real"],
        "seconds": ["num", "dec", "float", "double", "real"], "flag": ["bool", "bit"],
    }[kind] -%}
    {%- for word in words if word in type -%} {{ return(true) }} {%- endfor -%}
    {{ return(false) }}
{% endmacro %}
