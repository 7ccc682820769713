{#-
    Moves the staged rows that meet `condition` to the quarantine table, each different row once, so
    that a rerun adds nothing. The row is kept as JSON: the model's columns may change.
-#}
{% macro _set_aside(run, condition, reason) %}
    {%- set name = run.options.quarantine_table or headwater._side_name(run.target.identifier, "_quarantine") -%}
    {%- do headwater.quote_identifier(name) -%}
    {%- set quarantine = run.target.incorporate(path={"identifier": name}) -%}
    {%- set columns = run.batch_facts.columns | map(attribute="name") | list -%}
    {%- set json = headwater.row_as_json("batch", columns) -%}
    {%- set text = dbt.type_string() -%}
    {%- call statement("headwater_quarantine") -%}
        create table if not exists {{ quarantine }} (
            reason {{ text }},
            row_hash {{ text }},
            row_data {{ headwater.json_type() }},
            invocation_id {{ text }},
            quarantined_at {{ dbt.type_timestamp() }}
        )
    {%- endcall -%}
    {%- call statement("headwater_quarantine") -%}
        insert into {{ quarantine }}
        select '{{ reason }}', row_hash, row_data, '{{ invocation_id }}', {{ headwater.utc_now() }}
        from (
            select row_data, row_hash, row_number() over (partition by row_hash order by 1) as place
            from (
                select row_data,
        {{ headwater.sha256_hex("cast(row_data as " ~ text ~ ")") }} as row_hash
                from (select {{ json }} as row_data from {{ run.batch }} as batch
                    where {{ condition }}) as bad_rows
            ) as hashed
        ) as numbered
        where place = 1 and row_hash not in (
            select row_hash from {{ quarantine }} where reason = '{{ reason }}'
        )
    {%- endcall -%}
    {%- call statement("headwater_quarantine") -%}
        delete from {{ run.batch }} where {{ condition }}
    {%- endcall -%}
    {%- do run.relations.append(quarantine) -%}
{% endmacro %}
