{#- Statements that move changes that can't be applied to the quarantine table, each different one once. -#}
{% macro _cdc_quarantine_statements(run) %}
    {%- set name = run.options.quarantine_table or headwater._side_name(run.target.identifier, "_quarantine") -%}
    {%- do headwater.quote_identifier(name) -%}
    {%- set quarantine = run.target.incorporate(path={"identifier": name}) -%}
    {%- do run.relations.append(quarantine) -%}
    {%- set text = dbt.type_string() -%}
    {%- set create -%}
        create table if not exists {{ quarantine }} (
            reason {{ text }}, row_hash {{ text }}, row_data {{ headwater.json_type() }},
            invocation_id {{ text }}, quarantined_at {{ dbt.type_timestamp() }}
        )
    {%- endset -%}
    {%- set insert -%}
        insert into {{ quarantine }}
        select final_reason, row_hash, row_data, '{{ invocation_id }}', {{ headwater.utc_now() }}
        from (
            select distinct
                final_reason, row_data,
                {{ headwater.sha256_hex("cast(row_data as " ~ text ~ ")") }} as row_hash
            from (
                select
                    {{ headwater._cdc_reason(run) }} as final_reason,
                    {{ headwater.json_of_row("batch", ["reason"]) }} as row_data
                from {{ run.batch }} as batch
            ) as judged
            where final_reason is not null
        ) as hashed
        where not exists (
            select 1 from {{ quarantine }} as known
            where known.row_hash = hashed.row_hash and known.reason = hashed.final_reason
        )
    {%- endset -%}
    {{ return([create, insert] if run.counts.unread or run.counts.truncates else [create]) }}
{% endmacro %}
