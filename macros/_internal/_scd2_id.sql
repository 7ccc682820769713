{#- What tells versions apart: the row_hash() of the key and of when the version begins. -#}
{% macro _scd2_id(run) -%}
    {%- set types = {"headwater_from": run.time_type} -%}
    {%- for column in run.columns -%}
        {%- do types.update({column.name: column.type}) -%}
    {%- endfor -%}
    {%- set parts = [] -%}
    {%- for name in run.key + ["headwater_from"] -%}
        {%- set value = headwater.typed_text(headwater.quote_identifier(name), types[name]) -%}
        {%- do parts.append(
            "coalesce(cast(length(" ~ value ~ ") as " ~ dbt.type_string() ~ ") || ':' || " ~ value ~ ", '-')"
        ) -%}
    {%- endfor -%}
    {{- headwater.sha256_hex(parts | join(" || ")) -}}
{%- endmacro %}
