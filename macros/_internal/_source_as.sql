{#- A relation, the name of a CTE or a select, as it may stand behind `from`, under an alias. -#}
{% macro _source_as(relation, alias) %}
    {%- set quoted = headwater.quote_identifier(alias) -%}
    {{ return(
        headwater._row_source(relation)[: -("headwater_rows" | length)] ~ quoted
    ) }}
{% endmacro %}
