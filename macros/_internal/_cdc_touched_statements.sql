{#-
    Statements that stage the keys of the batch, each once, with its last change and when the key was last
    deleted. `_hw_is_direct`: that change names every column, so that the row needs no look before it is written.
-#}
{% macro _cdc_touched_statements(run) %}
    {%- set keys = headwater.get_quoted_identifiers(run.key) | join(", ") -%}
    {%- set empty_key = headwater.quote_identifier(run.key[0]) ~ " is null" -%}
    {%- set in_tomb = headwater.key_conditions(run.key, "given", "tomb", has_nulls=false)[0] -%}
    {%- set in_batch = headwater.key_conditions(run.key, "event", "present", has_nulls=false)[0] -%}
    {%- set data, nothing = [], [] -%}
    {%- for name in run.data -%}
        {%- do data.append(headwater.quote_identifier(name)) -%}
        {%- do nothing.append("cast(null as " ~ run.types[name] ~ ")") -%}
    {%- endfor -%}
    {%- set stage -%}
        create temporary table {{ run.touched }} on commit drop as
        select
            known.*,
            _hw_is_full and _hw_up_seq is not null
            {%- if run.options.deletes == "hard" %} and (_hw_delete_seq is null or _hw_up_seq > _hw_delete_seq) {%- endif %} as _hw_is_direct
        from (
            select
                given.*,
                greatest(tomb._cdc_seq, truncated._cdc_seq) as _hw_delete_seq,
                case
                    when truncated._cdc_seq > coalesce(tomb._cdc_seq, -1) then truncated._cdc_ts else tomb._cdc_ts
                end as _hw_delete_ts
            from (
                select
                    {{ keys }}, _hw_is_full, _hw_payload, case when not _hw_is_delete then _hw_seq end as _hw_up_seq, _hw_ts as _hw_up_ts
                    {%- if data %}, {{ data | join(", ") }} {%- endif %}
                from (
                    select distinct on ({{ keys }}) event.*
                    from {{ run.events }} as event
                    order by {{ keys }}, _hw_is_delete, _hw_seq desc, _hw_ts desc
                ) as last_changes
                {%- if run.counts.truncates %}
                union all
                select
                    {{ keys }}, false, null, null, null
                    {%- if data %}, {{ nothing | join(", ") }} {%- endif %}
                from {{ run.target }} as present
                where not exists (select 1 from {{ run.events }} as event where {{ in_batch }})
                {%- endif %}
            ) as given
            left join {{ run.tombstones }} as tomb on {{ in_tomb }}
            left join (
                select _cdc_seq, _cdc_ts from {{ run.tombstones }}
                where {{ empty_key }}
                order by _cdc_seq desc limit 1
            ) as truncated on true
        ) as known
    {%- endset -%}
    {{ return([stage, headwater.analyze_statement(run.touched, run.key + ["_hw_is_direct"], statistics=10)]) }}
{% endmacro %}
