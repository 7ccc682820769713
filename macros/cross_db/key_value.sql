{% macro key_value(expressions) %}
    {{- adapter.dispatch("key_value", "headwater")(expressions) -}}
{% endmacro %}

{# Framed by their lengths, so that no two keys share a text; a value that is NULL is a hyphen. #}
{% macro default__key_value(expressions) -%}
    {%- for expression in expressions -%}
        {%- set text = "cast(" ~ expression ~ " as " ~ dbt.type_string() ~ ")" -%}
        {{- " || " if not loop.first -}}
        coalesce(cast(length({{ text }}) as {{ dbt.type_string() }}) || ':' || {{ text }}, '-')
    {%- endfor -%}
{%- endmacro %}

{# Any type may stand in it, and 1, 1.0 and 1.00 are one number. #}
{% macro postgres__key_value(expressions) -%}
    jsonb_build_array({{ expressions | join(", ") }})
{%- endmacro %}

{% macro redshift__key_value(expressions) -%}
    {{- headwater.default__key_value(expressions) -}}
{%- endmacro %}
