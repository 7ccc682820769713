{% macro column_reference(name, alias=none) %}
    {%- if alias is not none -%} {{- headwater.quote_identifier(alias) -}}. {%- endif -%}
    {{- headwater.quote_identifier(name) -}}
{% endmacro %}
