{#-
    PL/pgSQL that makes the tables, or brings older ones up to date: a missing column is added, a narrower
    type (`varchar(255)`) widened. Nothing is done, and nothing locked, where everything fits.
-#}
{% macro _run_log_tables_in_plpgsql(tables) %}
    {%- set wanted, creates, names = [], [], [] -%}
    {%- for table, columns in headwater._run_log_columns().items() -%}
        {%- set name = tables[table].include(database=false) | string | replace("'", "''") -%}
        {%- do names.append("'" ~ name ~ "'") -%}
        {%- do creates.append(headwater._run_log_create(tables[table], columns) ~ ";") -%}
        {%- for column, kind in columns.items() -%}
            {%- do wanted.append(
                "('" ~ name ~ "', '" ~ column ~ "', '" ~ headwater._run_log_type(kind) ~ "')"
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set schema = tables.invocations.without_identifier().include(database=false) | string -%}
    {%- set lock = headwater._lock_number(tables.invocations | string) -%}
    {%- set all_names, all_wanted = names | join(", "), wanted | join(", ") -%}
    {%- set schema_text = headwater.text_literal(schema) -%}
    {%- set create_all = creates | join("\n") -%}
    -- fmt: off
    declare
        unfit record;
    begin
        if exists (
            select from unnest(array[{{ all_names }}]) as tbl where to_regclass(tbl) is null
        ) then
            perform pg_advisory_xact_lock({{ lock }});
            if to_regnamespace({{ schema_text }}) is null then
                create schema {{ schema }};
            end if;
            {{ create_all }}
        end if;
        for unfit in
            select wanted.*, found.attname is null as is_missing
            from (values {{ all_wanted }}) as wanted (tbl, col, kind)
            left join pg_attribute as found on found.attrelid = to_regclass(wanted.tbl)
                and found.attname = wanted.col and found.attnum > 0 and not found.attisdropped
            where found.attname is null
                or found.atttypid <> cast(wanted.kind as regtype) or found.atttypmod <> -1
        loop
            perform pg_advisory_xact_lock({{ lock }});
            if unfit.is_missing then
                execute format(
                    'alter table %s add column if not exists %I %s', unfit.tbl, unfit.col, unfit.kind
                );
            else
                {# A view on the column forbids it; the column may well hold the values as it is. #}
                begin
                    execute format(
                        'alter table %s alter column %I type %s', unfit.tbl, unfit.col, unfit.kind
                    );
                exception when others then null;
                end;
            end if;
        end loop;
    end;
    -- fmt: on
{% endmacro %}
