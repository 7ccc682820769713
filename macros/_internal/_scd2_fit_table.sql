{#-
    Makes the table and, where rows may come late, the table of the events that made no version; or makes
    those that stand follow the query's columns. Adds `columns` as they are written, and `kept`.
-#}
{% macro _scd2_fit_table(run) %}
    {%- if not run.options.is_clocked -%}
        {%- set kept_name = headwater._scd2_kept_name(run.target) -%}
        {%- do run.update({"kept": run.target.incorporate(path={"identifier": kept_name})}) -%}
        {%- do headwater._scd2_check_kept(run) -%}
    {%- endif -%}
    {%- if not run.facts -%}
        {%- call statement("main") -%}
            {{ get_create_table_as_sql(false, run.target, headwater._scd2_table_shape(run)) }}
        {%- endcall -%}
        {%- do run.update({"facts": headwater.relation_facts(run.target), "is_created": true}) -%}
    {%- else -%} {%- do headwater._scd2_fit_columns(run) -%}
    {%- endif -%}
    {%- if run.kept -%}
        {%- set parts = headwater.get_quoted_identifiers(run.columns | map(attribute="name") | list) -%}
        {%- call statement("headwater_kept") -%}
            {%- if run.is_fresh %} drop table if exists {{ run.kept }}
                ;
            {%- endif %}
            create table if not exists {{ run.kept }} as
            select {{ parts | join(", ") }},
            {{ headwater.quote_identifier(run.options.names.dbt_valid_from) }} as headwater_from,
                0 as headwater_gone
            from {{ run.target }} where 1 = 0
        {%- endcall -%}
        {%- do run.relations.append(run.kept) -%}
    {%- endif -%}
{% endmacro %}
