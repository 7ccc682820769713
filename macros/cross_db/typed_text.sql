{% macro typed_text(expression, type) %}
    {{- adapter.dispatch("typed_text", "headwater")(expression, type) -}}
{% endmacro %}

{% macro default__typed_text(expression, type) -%}
    {{- headwater.canonical_text(expression) -}}
{%- endmacro %}

{# The same text as canonical_text(), without asking each row for a type that is known. #}
{% macro postgres__typed_text(expression, type) -%}
    {%- set type = type or "unknown" -%} {%- set name = type.split("(")[0] | trim -%}
    {%- if type in ["text", "name"] or name in ["character varying", "character"] and not type.endswith("]") -%}
        ('s' || cast({{ expression }} as text))
    {%- elif type in ["smallint", "integer", "bigint"] -%} ('n' || cast({{ expression }} as text))
    {%- elif type == "timestamp with time zone" -%}
        (
            'z' || cast(
                cast(
                    cast(
                        'x' || encode(timestamptz_send({{ expression }}), 'hex') as bit(64)
                    ) as bigint
                ) as text
            )
        )
    {%- elif type == "timestamp without time zone" -%}
        {#- The quick way needs a DateStyle that is asked for once in a statement. -#}
        (
            't' || case
                when
                    {{ expression }} >= '0001-01-01'
                    and (select current_setting('DateStyle') like 'ISO%')
                then replace(cast({{ expression }} as text), ' ', 'T')
                else to_jsonb({{ expression }}) #>> '{}'
            end
        )
    {%- elif type in ["boolean", "date", "uuid"] -%}
        ('{{ type[0] }}' || (to_jsonb({{ expression }}) #>> '{}'))
    {%- else -%} {{- headwater.canonical_text(expression) -}}
    {%- endif -%}
{%- endmacro %}

{% macro redshift__typed_text(expression, type) -%}
    {{- headwater.canonical_text(expression) -}}
{%- endmacro %}
