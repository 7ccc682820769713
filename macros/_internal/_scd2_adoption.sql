{#- The statements that take a snapshot over, under its own name or as a copy. -#}
{% macro _scd2_adoption(relation, key, to, history) %}
    {%- set target = relation.incorporate(path={"identifier": to}) if to else relation -%}
    {%- set kept = target.incorporate(path={"identifier": headwater._scd2_kept_name(target)}) -%}
    {%- do headwater.quote_identifier(kept.identifier) -%}
    {%- set columns = headwater.get_quoted_identifiers(history.columns) | join(", ") -%}
    {%- set statements = [headwater.lock_statement(target.render())] -%}
    {%- if to -%}
        {%- do statements.append("create table " ~ target ~ " as select * from " ~ relation) -%}
    {%- endif -%}
    {%- do statements.append(
        "create table " ~ kept ~ " as select " ~ columns
        ~ ", headwater_until as headwater_from, 1 as headwater_gone from ("
        ~ headwater._scd2_placed_versions(relation, key, history) ~ ") as placed where headwater_until is not null"
        ~ " and (headwater_later is null or headwater_later > headwater_until)"
    ) -%}
    {%- set mark = history.names.dbt_is_deleted -%}
    {%- if mark in history.types and history.types[mark] | lower != "boolean" -%}
        {%- set name = headwater.quote_identifier(mark) -%}
        {%- do statements.append(
            "alter table " ~ target ~ " alter column " ~ name ~ " type boolean using (lower(" ~ name ~ ") = 'true')"
        ) -%}
    {%- endif -%}
    {{ return(statements | select | list) }}
{% endmacro %}
