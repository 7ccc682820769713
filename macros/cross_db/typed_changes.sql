{% macro typed_changes(run) %}
    {{- adapter.dispatch("typed_changes", "headwater")(run) -}}
{% endmacro %}

{% macro default__typed_changes(run) -%}
    {{ headwater._raise_argument(
        "typed_changes", "run", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{#
    Where a value does not fit its column, the table of events stays empty: version 16 and later could
    be asked before each cast, but that would cost every change the time that only bad ones deserve.
#}
{% macro postgres__typed_changes(run) -%}
    {%- set keys, members, names = [], [], [] -%}
    {%- for name in run.key -%}
        {%- do keys.append(headwater._cdc_key_value(name, run.types[name])) -%}
    {%- endfor -%}
    {%- for name in run.data -%}
        {%- do members.append(headwater.quote_identifier(name) ~ " " ~ run.types[name]) -%}
        {%- do names.append(dbt.string_literal(dbt.escape_single_quotes(name))) -%}
    {%- endfor -%}
    {%- set known = names | list -%}
    {%- for name in run.key + run.generated -%}
        {%- do known.append(dbt.string_literal(dbt.escape_single_quotes(name))) -%}
    {%- endfor -%}
    {%- set reason = headwater._cdc_reason(run) -%}
    {%- set events -%}
        create temporary table {{ run.events }} on commit drop as
        select
            {{ headwater.get_quoted_identifiers(run.key, "change") | join(", ") }}, _hw_seq, _hw_ts, _hw_is_delete, _hw_is_full, _hw_is_strange,
            case when not _hw_is_full and not _hw_is_delete then _hw_payload end as _hw_payload
            {%- if members %}, member.* {%- endif %}
        from (
            select
                cast(seq as numeric) as _hw_seq,
                cast(ts as timestamp) as _hw_ts,
                op = 'delete' as _hw_is_delete,
                op <> 'delete' and payload ?& cast(array[{{ names | join(", ") }}] as text[]) as _hw_is_full,
                {% if run.finds_columns -%}
                coalesce(payload - cast(array[{{ known | join(", ") }}] as text[]) <> '{}', false)
                {%- else %} false {%- endif %} as _hw_is_strange,
                {{ keys | join(", ") }},
                -- An empty one changes nothing, except that a long value is unpacked once only.
                case when op = 'delete' then '{}' else payload || '{}' end as _hw_payload
            from {{ run.batch }}
            where {{ reason }} is null and op <> 'truncate'
            offset 0
        ) as change
        {%- if members %}
        cross join lateral jsonb_to_record(_hw_payload) as member ({{ members | join(", ") }})
        {%- endif %}
    {%- endset -%}
    {{ "drop table if exists " ~ run.events }}
    ;
    do $headwater$
    begin
        {{ events }};
    exception when data_exception or integrity_constraint_violation then
        {{ events }} with no data;
    end
    $headwater$;
    {{ headwater.analyze_statement(run.events, run.key, statistics=10) }}
    ;
    select
        read_counts.delete_count,
        read_counts.strange_count,
        given_counts.truncate_count,
        given_counts.change_count - given_counts.truncate_count - read_counts.change_count,
        read_counts.change_count
    from
        (
            select
                count(*) as change_count,
                count(*) filter (where _hw_is_delete) as delete_count,
                count(*) filter (where _hw_is_strange) as strange_count
            from {{ run.events }}
        ) as read_counts
    cross join
        (
            select
                count(*) as change_count, count(*) filter (where op = 'truncate') as truncate_count
            from {{ run.batch }}
        ) as given_counts
{%- endmacro %}

{% macro redshift__typed_changes(run) -%}
    {{ headwater.default__typed_changes(run) }}
{%- endmacro %}

{# A value that does not fit leaves its change out; so does a change that can have no place in the table. #}
{% macro duckdb__typed_changes(run) -%}
    {%- set values, bad, known = [], ["false"], [] -%}
    {%- for name, type in run.types.items() -%}
        {%- set value = headwater._cdc_value("key" if name in run.key else "document", name, type) -%}
        {%- do values.append(value.typed ~ " as " ~ headwater.quote_identifier(name)) -%}
        {%- do bad.append(value.is_bad) -%}
        {%- do known.append(dbt.string_literal(dbt.escape_single_quotes(name))) -%}
    {%- endfor -%}
    {%- for name in run.generated -%}
        {%- do known.append(dbt.string_literal(dbt.escape_single_quotes(name))) -%}
    {%- endfor -%}
    {%- set names = [] -%}
    {%- for name in run.data -%}
        {%- do names.append(dbt.string_literal(dbt.escape_single_quotes(name))) -%}
    {%- endfor -%}
    {%- set events -%}
        select
            {{ values | join(", ") }},
            cast(seq as {{ headwater.change_bookkeeping()["_cdc_seq"] }}) as _hw_seq,
            cast(ts as timestamp) as _hw_ts,
            op = 'delete' as _hw_is_delete,
            op <> 'delete' and list_has_all(names, cast([{{ names | join(", ") }}] as varchar[])) as _hw_is_full,
            {% if run.finds_columns -%}
            not list_has_all([{{ known | join(", ") }}], names)
            {%- else %} false {%- endif %} as _hw_is_strange,
            names as _hw_names
        from (
            select *, json_keys(document) as names
            from (
                select *, case when op = 'delete' then cast('{}' as json) else payload end as document
                from {{ run.batch }}
                where {{ headwater._cdc_reason(run) }} is null and op <> 'truncate'
            ) as changes
        ) as named_changes
        where not coalesce({{ bad | join(" or ") }}, false)
    {%- endset -%}
    {{ "drop table if exists " ~ run.events }}
    ;
    {{ headwater.stage_rows(run.events, events) }}
    ;
    select
        (select count(*) from {{ run.events }} where _hw_is_delete),
        (select count(*) from {{ run.events }} where _hw_is_strange),
        count(*) filter (where op = 'truncate'),
        count(*) filter (where op is distinct from 'truncate')
        - (select count(*) from {{ run.events }}),
        (select count(*) from {{ run.events }})
    from {{ run.batch }}
{%- endmacro %}
