{#- A value as SQL, by the kind of its column; what is no value of that kind is NULL, never an error. -#}
{% macro _run_log_literal(value, kind) %}
    {%- if value is none or value is undefined or value == "" -%} {{ return("null") }}
    {%- elif kind == "flag" -%} {{ return("true" if value else "false") }}
    {%- elif kind == "number" -%}
        {{ return((value | int) | string if value is number else "null") }}
    {%- elif kind == "seconds" -%}
        {{ return("%.6f" | format(value) if value is number else "null") }}
    {%- elif kind == "time" -%}
        {%- set text = value | string -%}
        {%- if value is not string -%}
            {%- set moment = value.astimezone(modules.pytz.utc) if value.tzinfo else value -%}
            {%- set text = moment.strftime("%Y-%m-%d %H:%M:%S.%f") -%}
        {%- endif -%}
        {{ return("cast('" ~ text | replace("T", " ") | replace("Z", "") | replace("'", "")
            ~ "' as " ~ dbt.type_timestamp() ~ ")") }}
    {%- endif -%}
    {{ return(headwater.text_literal(value | string)) }}
{% endmacro %}
