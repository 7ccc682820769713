{#- A select without rows that has the columns of the table. -#}
{% macro _scd2_table_shape(run) %}
    {%- set names = run.options.names -%}
    {%- set parts = headwater.get_quoted_identifiers(run.columns | map(attribute="name") | list) -%}
    {%- for meta in run.meta_types -%}
        {%- do parts.append(
            "cast(null as " ~ run.meta_types[meta] ~ ") as " ~ headwater.quote_identifier(names[meta])
        ) -%}
    {%- endfor -%}
    {{ return("select " ~ parts | join(", ") ~ " from " ~ run.shape ~ " where 1 = 0") }}
{% endmacro %}
