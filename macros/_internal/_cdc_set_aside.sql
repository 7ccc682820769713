{#-
    Moves changes that can't be applied to the quarantine table, each different one once. Besides those
    that came with a reason, these are values that their column can't hold.
-#}
{% macro _cdc_set_aside(run) %}
    {%- set branches = [] -%}
    {%- for name, type in run.types.items() if type not in ["text", "jsonb", "json"] and not type.endswith("]") -%}
        {%- set literal = dbt.string_literal(dbt.escape_single_quotes(name)) -%}
        {%- set holder = "key" if name in run.key else "payload" -%}
        {%- do branches.append(
            "when not pg_input_is_valid(" ~ holder ~ " ->> " ~ literal ~ ", '" ~ type ~ "') then "
            ~ dbt.string_literal("bad value in " ~ dbt.escape_single_quotes(name))
        ) -%}
    {%- endfor -%}
    {%- set missing = [] -%}
    {%- for name in run.key -%}
        {%- do missing.append(
            "(key ->> " ~ dbt.string_literal(dbt.escape_single_quotes(name)) ~ ") is null"
        ) -%}
    {%- endfor -%}
    {%- set reason -%}
        coalesce(
            reason,
            case
                when op is null then 'unknown operation'
                when seq is null then 'no position'
                when op <> 'truncate' and (key is null or {{ missing | join(" or ") }}) then 'no key'
                when op not in ('truncate', 'delete') and payload is null then 'no row'
                {{ branches | join(" ") }}
            end
        )
    {%- endset -%}
    {%- set name = run.options.quarantine_table or run.target.identifier ~ "_quarantine" -%}
    {%- do headwater.quote_identifier(name) -%}
    {%- set quarantine = run.target.incorporate(path={"identifier": name}) -%}
    {%- call statement("headwater_quarantine") -%}
        create table if not exists {{ quarantine }} (
            reason text, row_hash text, row_data jsonb, invocation_id text, quarantined_at timestamp
        );
        create temporary table {{ headwater._batch_relation(run.target, "p") }} on commit drop as
        select batch.*, {{ reason }} as final_reason from {{ run.batch }} as batch;
        insert into {{ quarantine }}
        select final_reason, row_hash, row_data, '{{ invocation_id }}', {{ headwater.utc_now() }}
        from (
            select distinct final_reason, row_data, encode(sha256(convert_to(row_data::text, 'UTF8')), 'hex') as row_hash
            from (
                select final_reason, to_jsonb(batch) - 'final_reason' - 'reason' as row_data
                from {{ headwater._batch_relation(run.target, "p") }} as batch
                where final_reason is not null
            ) as bad_changes
        ) as hashed
        where not exists (
            select 1 from {{ quarantine }} as known
            where known.row_hash = hashed.row_hash and known.reason = hashed.final_reason
        )
    {%- endcall -%}
    {%- do run.relations.append(quarantine) -%}
    {%- do run.update({"changes": headwater._batch_relation(run.target, "p")}) -%}
{% endmacro %}
