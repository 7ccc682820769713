{% macro new_members(run) %}
    {{- adapter.dispatch("new_members", "headwater")(run) -}}
{% endmacro %}

{% macro default__new_members(run) -%}
    {{ headwater._raise_argument(
        "new_members", "run", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__new_members(run) -%}
    {%- set known = [] -%}
    {%- for name in run.types.keys() | list + run.generated -%}
        {%- do known.append(dbt.string_literal(dbt.escape_single_quotes(name))) -%}
    {%- endfor -%}
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
            from
                (
                    select
                        (
                            coalesce(case when op <> 'delete' then payload end, '{}')
                            || coalesce(key, '{}')
                        )
                        - cast(array[{{ known | join(", ") }}] as text[]) as strange
                    from {{ run.batch }}
                    where {{ headwater._cdc_reason(run) }} is null and op <> 'truncate'
                ) as changes
            cross join lateral jsonb_each(strange) as member(name, value)
            where strange <> '{}'
        ) as members
    group by name
    order by name
{%- endmacro %}

{% macro redshift__new_members(run) -%} {{ headwater.default__new_members(run) }} {%- endmacro %}

{% macro duckdb__new_members(run) -%}
    {%- set known = ["''"] -%}
    {%- for name in run.types.keys() | list + run.generated -%}
        {%- do known.append(dbt.string_literal(dbt.escape_single_quotes(name))) -%}
    {%- endfor -%}
    select
        name,
        case
            when bool_and(kind in ('UBIGINT', 'BIGINT'))
            then 'bigint'
            when bool_and(kind in ('UBIGINT', 'BIGINT', 'HUGEINT', 'UHUGEINT', 'DOUBLE'))
            then 'double'
            when bool_and(kind = 'BOOLEAN')
            then 'boolean'
            when bool_and(kind in ('OBJECT', 'ARRAY'))
            then 'json'
            else 'varchar'
        end as type
    from
        (
            select
                name,
                nullif(
                    json_type(document, '$."' || replace(name, '"', '\"') || '"'), 'NULL'
                ) as kind
            from
                (
                    select document, unnest(json_keys(document)) as name
                    from
                        (
                            select
                                unnest([case when op <> 'delete' then payload end, key]) as document
                            from {{ run.batch }}
                            where {{ headwater._cdc_reason(run) }} is null and op <> 'truncate'
                        ) as documents
                ) as named_members
            where name not in ({{ known | join(", ") }})
        ) as members
    group by name
    order by name
{%- endmacro %}
