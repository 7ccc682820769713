{% macro values_differ(pairs) %}
    {{- adapter.dispatch("values_differ", "headwater")(pairs) -}}
{% endmacro %}

{% macro default__values_differ(pairs) -%}
    (
        {%- for left, right in pairs -%}
            {{- " or " if not loop.first -}} not ({{ headwater.same_value(left, right) }})
        {%- endfor -%}
    )
{%- endmacro %}

{# Bytes are compared, so every type will do, also json, xml and point, which have no `=`. #}
{% macro postgres__values_differ(pairs) -%}
    {%- set left = pairs | map(attribute=0) | join(", ") -%}
    {%- set right = pairs | map(attribute=1) | join(", ") -%}
    {{ "cast(row(" ~ left ~ ") as record) *<> cast(row(" ~ right ~ ") as record)" }}
{%- endmacro %}

{% macro redshift__values_differ(pairs) -%}
    {{ headwater.default__values_differ(pairs) }}
{%- endmacro %}

{# Neither JSON nor structs have `=` there. #}
{% macro bigquery__values_differ(pairs) -%}
    (
        {%- for left, right in pairs -%}
            {{- " or " if not loop.first -}}
            coalesce(to_json_string({{ left }}), '') <> coalesce(to_json_string({{ right }}), '')
        {%- endfor -%}
    )
{%- endmacro %}
