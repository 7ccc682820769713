{#- Makes the table of the staged rows, as dbt makes any table: contract, unlogged and the like hold. -#}
{% macro _create_table(run) %}
    {%- set names = run.batch_facts.columns | map(attribute="name") | list -%}
    {%- set query -%}
        select {{ headwater.get_quoted_identifiers(names) | join(", ") }}
        from {{ run.batch }}
    {%- endset -%}
    {%- call statement("main") -%}
        {{ get_create_table_as_sql(false, run.target, query) }}
    {%- endcall -%}
    {%- do run.update({"facts": headwater.relation_facts(run.target), "is_created": true}) -%}
    {%- do headwater.fit_indexes(run, run.index_key) -%}
{% endmacro %}
