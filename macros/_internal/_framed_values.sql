{#-
    A text expression that no two different rows share. Each value is written as its length, a
    colon and its typed text; NULL is a hyphen. A length tells where a value ends, so no value can
    be read as two, nor two as one.
-#}
{% macro _framed_values(columns, alias=none) %}
    {%- for name in columns -%}
        {%- set value = headwater.canonical_text(headwater.column_reference(name, alias)) -%}
        {%- if not loop.first %} || {% endif -%}
        coalesce(cast(length({{ value }}) as {{ dbt.type_string() }}) || ':' || {{ value }}, '-')
    {%- endfor -%}
{% endmacro %}
