{#- A column of pit_join(), which for a fact without a version may be that of the unknown member. -#}
{% macro _or_unknown(value, result, found, options) -%}
    {%- if options.missing == "unknown" -%}
        case
            when {{ found }} is null then {{ options.unknown.get(result, "null") }} else {{ value }}
        end as {{ headwater.quote_identifier(result) }}
    {%- else -%} {{ value }} as {{ headwater.quote_identifier(result) }}
    {%- endif -%}
{%- endmacro %}
