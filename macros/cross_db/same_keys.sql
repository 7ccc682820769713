{% macro same_keys(pairs) %}
    {{- adapter.dispatch("same_keys", "headwater")(pairs) -}}
{% endmacro %}

{% macro default__same_keys(pairs) -%}
    {%- for left, right in pairs -%}
        {{- " and " if not loop.first -}} {{- headwater.same_value(left, right) -}}
    {%- endfor -%}
{%- endmacro %}

{# As records, whose equality takes NULL for a value and which can be hashed, sorted and full-joined. #}
{% macro postgres__same_keys(pairs) -%}
    cast(row({{ pairs | map(attribute=0) | join(", ") }}) as record)
    = cast(row({{ pairs | map(attribute=1) | join(", ") }}) as record)
{%- endmacro %}

{% macro redshift__same_keys(pairs) -%} {{- headwater.default__same_keys(pairs) -}} {%- endmacro %}
