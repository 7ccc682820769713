{% macro generated_columns(relation) %}
    {{ return(adapter.dispatch("generated_columns", "headwater")(relation)) }}
{% endmacro %}

{# Where relation_facts() knows them, or there are none. #}
{% macro default__generated_columns(relation) %} {{ return([]) }} {% endmacro %}

{% macro duckdb__generated_columns(relation) %}
    {%- call statement("headwater_generated", fetch_result=true) -%}
        select column_name
        from information_schema.columns
        where
            is_generated = 'ALWAYS'
            and table_schema = {{ dbt.string_literal(dbt.escape_single_quotes(relation.schema)) }}
            and table_name = {{ dbt.string_literal(dbt.escape_single_quotes(relation.identifier)) }}
            and table_catalog
            = {{ dbt.string_literal(dbt.escape_single_quotes(relation.database)) }}
    {%- endcall -%}
    {%- set names = [] -%}
    {%- for row in load_result("headwater_generated").data -%}
        {%- do names.append(row[0]) -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
