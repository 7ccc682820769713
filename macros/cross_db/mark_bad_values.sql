{% macro mark_bad_values(run) %}
    {{- adapter.dispatch("mark_bad_values", "headwater")(run) -}}
{% endmacro %}

{% macro default__mark_bad_values(run) -%}
    {{ headwater._raise_argument(
        "mark_bad_values", "run", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{# A function of this session tries each change as a whole, and column by column if that fails. #}
{% macro postgres__mark_bad_values(run) -%}
    {%- set tries, keys, members = [], [], [] -%}
    {%- for name, type in run.types.items() -%}
        {%- set column = headwater.quote_identifier(name) ~ " " ~ type -%}
        {%- set holder = "key" if name in run.key else "payload" -%}
        {%- do (keys if name in run.key else members).append(column) -%}
        {%- set said = dbt.string_literal(dbt.escape_single_quotes("bad value in " ~ name)) -%}
        {%- do tries.append(
            "begin\nselect * into tried from jsonb_to_record(" ~ holder ~ ") as member (" ~ column
            ~ ");\nexception when data_exception or integrity_constraint_violation then\nreturn "
            ~ said ~ ";\nend;"
        ) -%}
    {%- endfor -%}
    create function pg_temp.headwater_bad_value(key jsonb, payload jsonb)
    returns text
    language plpgsql
    as
        $headwater$
    declare
        tried record;
    begin
        begin
            select * into tried from jsonb_to_record(key) as member ({{ keys | join(", ") }});
            {%- if members %}
            select * into tried from jsonb_to_record(payload) as member ({{ members | join(", ") }});
            {%- endif %}
            return null;
        exception when data_exception or integrity_constraint_violation then
            null;
        end;
        {{ tries | join("\n") }}
        return 'bad value';
    end
    $headwater$
    ;
    update {{ run.batch }}
    set reason = pg_temp.headwater_bad_value(key, case when op <> 'delete' then payload end)
    where {{ headwater._cdc_reason(run) }} is null and op <> 'truncate'
        and pg_temp.headwater_bad_value(key, case when op <> 'delete' then payload end) is not null;
    drop function pg_temp.headwater_bad_value(jsonb, jsonb)
{%- endmacro %}

{% macro redshift__mark_bad_values(run) -%}
    {{ headwater.default__mark_bad_values(run) }}
{%- endmacro %}

{% macro duckdb__mark_bad_values(run) -%}
    {%- set branches = [] -%}
    {%- for name, type in run.types.items() -%}
        {%- set holder = "key" if name in run.key else "case when op <> 'delete' then payload end" -%}
        {%- set said = dbt.string_literal(dbt.escape_single_quotes("bad value in " ~ name)) -%}
        {%- do branches.append(
            "when " ~ headwater._cdc_value(holder, name, type).is_bad ~ " then " ~ said
        ) -%}
    {%- endfor -%}
    update {{ run.batch }}
    set reason = case {{ branches | join(" ") }} end where {{ headwater._cdc_reason(run) }} is
    null and op <> 'truncate'
{%- endmacro %}
