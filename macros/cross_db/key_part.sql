{% macro key_part(part, keys, version, message) %}
    {{- adapter.dispatch("key_part", "headwater")(part, keys, version, message) -}}
{% endmacro %}

{% macro default__key_part(part, keys, version, message) -%}
    coalesce(
        (select {{ part }} from {{ keys }} where key_version = {{ version }}),
        {{ headwater.error_bytes(message) }}
    )
{%- endmacro %}

{#
    A subquery of its own, with a count: the planner works out what is no more than a setting when it
    estimates a condition, and would raise the error though there is a key. The comment stands in the line
    that the engine shows when there is no table of keys.
#}
{% macro postgres__key_part(part, keys, version, message) -%}
    {%- set text = headwater._literal(message) ~ " || left(cast(count(*) as text), 0)" -%}
    {%- set commented = "/* headwater.install_masking makes it */ " ~ keys -%}
    coalesce(
        (select {{ part }} from {{ commented }} where key_version = {{ version }}),
        (
            select decode(cast(cast({{ text }} as integer) as text), 'hex')
            from {{ keys }}
            where key_version = {{ version }}
        )
    )
{%- endmacro %}

{% macro redshift__key_part(part, keys, version, message) -%}
    {{ headwater.default__key_part(part, keys, version, message) }}
{%- endmacro %}

{#
    The error is a cast that can't be, of a text that depends on the rows: error() is volatile, and can't
    stand where windows are ordered; a constant would be worked out where it occurs twice.
#}
{% macro duckdb__key_part(part, keys, version, message) -%}
    {%- set text = headwater._literal(message) ~ " || left(cast(count(*) as varchar), 0)" -%}
    {%- set key = "/* headwater.install_masking makes it */ min(" ~ part ~ ")" -%}
    (
        select coalesce({{ key }}, encode(cast(cast({{ text }} as integer) as varchar)))
        from {{ keys }}
        where key_version = {{ version }}
    )
{%- endmacro %}
