{#-
    The columns of the table: those that it has, those that the model gives a type, and those that are
    new in this batch, whose type is guessed. Puts `types` (by name, without our own) into `run`.
-#}
{% macro _cdc_columns(run) %}
    {%- set types = {} -%}
    {%- for column in run.facts.columns or [] if column.name not in run.own -%}
        {%- do types.update({column.name: column.type}) -%}
    {%- endfor -%}
    {%- for name, type in run.options.column_types.items() if name not in types -%}
        {%- do types.update({name: type}) -%}
    {%- endfor -%}
    {%- call statement("headwater_cdc_columns", fetch_result=true) -%}
        select
            name,
            case
                when count(distinct kind) filter (where kind <> 'null') > 1
                then 'text'
                else
                    coalesce(
                        min(
                            case
                                kind
                                when 'number'
                                then 'numeric'
                                when 'boolean'
                                then 'boolean'
                                when 'object'
                                then 'jsonb'
                                when 'array'
                                then 'jsonb'
                                when 'string'
                                then 'text'
                            end
                        ),
                        'text'
                    )
            end as type
        from
            (
                select member.name, jsonb_typeof(member.value) as kind
                from {{ run.batch }} as batch
                cross join lateral jsonb_each(payload || coalesce(key, '{}')) as member(name, value)
                where reason is null and payload is not null
                union all
                select member.name, jsonb_typeof(member.value)
                from {{ run.batch }} as batch
                cross join lateral jsonb_each(key) as member(name, value)
                where reason is null and payload is null
            ) as members
        where
            name not in (
                ''
                {%- for name in types %}
                    , {{ dbt.string_literal(dbt.escape_single_quotes(name)) }}
                {%- endfor %}
            )
        group by name
        order by name
    {%- endcall -%}
    {%- set found = load_result("headwater_cdc_columns").data -%}
    {%- if found and run.facts and run.options.on_schema_change == "fail" -%}
        {%- set names = [] -%}
        {%- for row in found -%} {%- do names.append("'" ~ row[0] ~ "'") -%} {%- endfor -%}
        {{ headwater._raise_argument(
            "cdc_apply", "on_schema_change", "no new columns (on_schema_change: fail)", names | join(", ")
        ) }}
    {%- endif -%}
    {%- for row in found if not run.facts or run.options.on_schema_change != "ignore" -%}
        {%- do headwater.quote_identifier(row[0]) -%}
        {%- if row[0] in run.own -%}
            {{ headwater._raise_argument(
                "cdc_apply", "sql", "rows without a column '" ~ row[0] ~ "', which cdc_apply keeps itself",
                "'" ~ row[0] ~ "' in a payload"
            ) }}
        {%- endif -%}
        {%- do types.update({row[0]: row[1]}) -%}
    {%- endfor -%}
    {%- for name in run.key if name not in types -%}
        {%- do types.update({name: "text"}) -%}
    {%- endfor -%}
    {%- do run.update({"types": types}) -%}
{% endmacro %}
