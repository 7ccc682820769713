{#- What stands in valid_to of a version that has not ended: `null`, or a literal of its type. -#}
{% macro _scd2_open_end(run) %}
    {%- set given = run.options.open_end -%}
    {%- if given is none -%} {{ return("cast(null as " ~ run.time_type ~ ")") }} {%- endif -%}
    {%- set text = given | string | trim -%}
    {%- if text | lower == "infinity" -%} {{ return("cast('infinity' as " ~ run.time_type ~ ")") }}
    {%- elif modules.re.match("\\d{4}-\\d\\d-\\d\\d", text) -%}
        {%- set moment = text if text | length > 10 else text ~ " 00:00:00" -%}
        {{ return(headwater._scd2_moment(moment, run.time_type)) }}
    {%- endif -%}
    {{ return("cast((" ~ text ~ ") as " ~ run.time_type ~ ")") }}
{% endmacro %}
