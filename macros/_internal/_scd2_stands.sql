{#- A condition: a version of `alias` that has not ended. -#}
{% macro _scd2_stands(run, alias) -%}
    {%- set end = headwater.quote_identifier(run.options.names.dbt_valid_to) -%}
    {%- if alias -%} {%- set end = alias ~ "." ~ end -%} {%- endif -%}
    (
        {{ end }} is null
        {%- if run.options.open_end is not none %}
            or {{ end }} = {{ headwater._scd2_open_end(run) }}
        {% endif -%}
    )
{%- endmacro %}
