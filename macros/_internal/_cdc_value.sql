{#- SQL for a member of a change as a value of its column's type, and for whether it is none. -#}
{% macro _cdc_value(holder, name, type) %}
    {%- set text = headwater.json_text(holder, [name]) -%}
    {%- if type | lower == "json" -%}
        {{ return({
            "typed": "case when " ~ text ~ " is not null then " ~ headwater.json_field(holder, name) ~ " end",
            "is_bad": "false",
        }) }}
    {%- endif -%}
    {%- set typed = "try_cast(" ~ text ~ " as " ~ type ~ ")" -%}
    {{ return({"typed": typed, "is_bad": "(" ~ text ~ " is not null and " ~ typed ~ " is null)"}) }}
{% endmacro %}
