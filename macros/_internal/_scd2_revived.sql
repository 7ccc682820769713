{#- Inserts into the news of rows whose key was deleted after their own time, and that are there now. -#}
{% macro _scd2_revived(run, now) %}
    {%- set names = run.columns | map(attribute="name") | list -%}
    {%- set columns = headwater.get_quoted_identifiers(names) | join(", ") -%}
    {%- set meta = run.options.names -%}
    {%- set deletion -%}
        select {{ headwater.get_quoted_identifiers(run.key) | join(", ") }}, headwater_from
        from {{ run.kept }}
        where headwater_gone = 1
        {%- if run.has_marks %}
        union all
        select {{ headwater.get_quoted_identifiers(run.key) | join(", ") }},
            {{ headwater.quote_identifier(meta.dbt_valid_from) }}
        from {{ run.target }} where {{ headwater.quote_identifier(meta.dbt_is_deleted) }}
        {%- endif %}
    {%- endset -%}
    {%- set statements = [] -%}
    {%- for match in headwater.key_conditions(run.key, "fresh", "stored") -%}
        {%- set statement -%}
            insert into {{ run.n }} ({{ columns }}, headwater_from, headwater_gone)
            select {{ columns }}, {{ now }}, 0
            from ({{ headwater._scd2_events(run, run.batch) }}) as fresh
            where headwater_gone = 0
                and exists (
                    select 1 from ({{ deletion }}) as stored
                    where {{ match }} and stored.headwater_from >= fresh.headwater_from
                )
                and not exists (select 1 from {{ run.n }} as stored where {{ match }})
                and not exists (
                    select 1 from {{ run.target }} as stored
                    where {{ match }} and {{ headwater._scd2_stands(run, "stored") }}
                        {%- if run.has_marks %}
                        and not stored.{{ headwater.quote_identifier(meta.dbt_is_deleted) }}
                        {%- endif %}
                )
        {%- endset -%}
        {%- do statements.append(statement) -%}
    {%- endfor -%}
    {{ return(statements) }}
{% endmacro %}
