{#- What tells versions apart: the row_hash() of the key and of when it begins, from their typed texts. -#}
{% macro _scd2_id(texts) -%}
    {%- set parts = [] -%}
    {%- for text in texts -%}
        {%- do parts.append(
            "coalesce(cast(length(" ~ text ~ ") as " ~ dbt.type_string() ~ ") || ':' || " ~ text ~ ", '-')"
        ) -%}
    {%- endfor -%}
    {{- headwater.sha256_hex(parts | join(" || ")) -}}
{%- endmacro %}
