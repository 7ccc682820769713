{#-
    A select of all events of the keys with news. headwater_origin: 0 stands in the table as a version,
    1 is kept beside it, 2 is new; headwater_address is where it stands, headwater_until its old end.
-#}
{% macro _scd2_touched_events(run, has_nulls) %}
    {%- set names = run.columns | map(attribute="name") | list -%}
    {%- set meta = run.options.names -%}
    {%- set stored = headwater.get_quoted_identifiers(names, "stored") | join(", ") -%}
    {%- set begin = "stored." ~ headwater.quote_identifier(meta.dbt_valid_from) -%}
    {%- set end = "stored." ~ headwater.quote_identifier(meta.dbt_valid_to) -%}
    {%- set gone = "0" -%}
    {%- if run.has_marks -%}
        {%- set gone = "case when stored." ~ headwater.quote_identifier(meta.dbt_is_deleted) ~ " then 1 else 0 end" -%}
    {%- endif -%}
    {%- set address = headwater.row_address("stored") -%}
    {%- set nothing = "cast(null as " ~ headwater.row_address_type() ~ ")" -%}
    {%- set matches = headwater.key_conditions(run.key, "stored", "touched", has_nulls) -%}
    select
        {{ headwater.get_quoted_identifiers(names) | join(", ") }},
        headwater_from,
        headwater_gone,
        2 as headwater_origin,
        {{ nothing }} as headwater_address,
        cast(null as {{ run.time_type }}) as headwater_until
    from {{ run.n }}
    {%- for match in matches %}
        union all
        select {{ stored }}, {{ begin }}, {{ gone }}, 0, {{ address }}, {{ end }}
        from {{ run.target }} as stored
        inner join {{ run.t }} as touched on {{ match }}
        {%- if run.options.is_clocked %}
            where {{ headwater._scd2_stands(run, "stored") }}
        {%- endif %}
        {%- if run.kept %}
            union all
            select
                {{ stored }},
                stored.headwater_from,
                stored.headwater_gone,
                1,
                {{ address }},
                cast(null as {{ run.time_type }})
            from {{ run.kept }} as stored
            inner join {{ run.t }} as touched on {{ match }}
        {%- endif %}
    {%- endfor %}
{% endmacro %}
