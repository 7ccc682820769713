{#- As _framed_values(), of expressions: a text that no two different keys share. -#}
{% macro _framed_texts(expressions) -%}
    {%- for expression in expressions -%}
        {%- set value = headwater.canonical_text(expression) -%}
        {{- " || " if not loop.first -}}
        coalesce(cast(length({{ value }}) as {{ dbt.type_string() }}) || ':' || {{ value }}, '-')
    {%- endfor -%}
{%- endmacro %}
