{% macro values_differ(pairs) %}
    {{- adapter.dispatch("values_differ", "headwater")(pairs) -}}
{% endmacro %}

{% macro default__values_differ(pairs) -%}
    (
        {%- for pair in pairs -%}
            {{- " or " if not loop.first -}} not ({{ headwater.same_value(pair[0], pair[1]) }})
        {%- endfor -%}
    )
{%- endmacro %}

{#
    Bytes are compared, so every type will do, also json, xml and point, which have no `=`. A column
    that `=` tells apart as well as bytes do is compared by itself: it costs half, and the first
    that differs ends it.
#}
{% macro postgres__values_differ(pairs) -%}
    {%- set parts, left, right = [], [], [] -%}
    {%- for pair in pairs -%}
        {%- if pair | length > 2 and pair[2] -%}
            {%- do parts.append(pair[0] ~ " is distinct from " ~ pair[1]) -%}
        {%- else -%} {%- do left.append(pair[0]) -%} {%- do right.append(pair[1]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if left -%}
        {%- do parts.append(
            "cast(row(" ~ left | join(", ") ~ ") as record) *" ~ "<> cast(row("
            ~ right | join(", ") ~ ") as record)"
        ) -%}
    {%- endif -%}
    ({{ parts | join("\n        or ") }})
{%- endmacro %}

{% macro redshift__values_differ(pairs) -%}
    {{ headwater.default__values_differ(pairs) }}
{%- endmacro %}

{# Neither JSON nor structs have `=` there. #}
{% macro bigquery__values_differ(pairs) -%}
    (
        {%- for pair in pairs -%}
            {{- " or " if not loop.first -}}
            to_json_string(struct({{ pair[0] }} as given_value))
            <> to_json_string(struct({{ pair[1] }} as given_value))
        {%- endfor -%}
    )
{%- endmacro %}
