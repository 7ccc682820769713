{#- A moment in UTC, as every engine reads it in a cast; of a text, what an engine could stumble over is cut. -#}
{% macro _run_log_moment(value) %}
    {%- set text = value | string -%}
    {%- if value is not string -%}
        {%- set moment = value.astimezone(modules.pytz.utc) if value.tzinfo else value -%}
        {%- set text = moment.strftime("%Y-%m-%d %H:%M:%S.%f") -%}
    {%- endif -%}
    {{ return(text | replace("T", " ") | replace("Z", "") | replace("'", "")) }}
{% endmacro %}
