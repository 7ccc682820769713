{% macro relation_facts(relation, before=none) %}
    {{ return(adapter.dispatch("relation_facts", "headwater")(relation, before)) }}
{% endmacro %}

{% macro default__relation_facts(relation, before) %}
    {%- if before -%}
        {%- call statement("headwater_before") -%} {{ before }} {%- endcall -%}
    {%- endif -%}
    {%- set is_temporary = relation.schema is none or relation.identifier.startswith("hw_") -%}
    {%- set found = relation if is_temporary else load_cached_relation(relation) -%}
    {%- if found is none -%} {{ return({}) }} {%- endif -%}
    {{ return(headwater._adapter_facts(found, adapter.get_columns_in_relation(found))) }}
{% endmacro %}

{# What was just staged is described in the round trip that stages it. #}
{% macro duckdb__relation_facts(relation, before) %}
    {%- if not before or relation.schema is not none -%}
        {{ return(headwater.default__relation_facts(relation, before)) }}
    {%- endif -%}
    {%- call statement("headwater_facts", fetch_result=true) -%}
        {{ before ~ ";\n" -}}
        describe {{ relation }}
    {%- endcall -%}
    {%- set columns = [] -%}
    {%- for row in load_result("headwater_facts").data -%}
        {%- do columns.append(api.Column.create(row[0], row[1])) -%}
    {%- endfor -%}
    {{ return(headwater._adapter_facts(relation, columns)) }}
{% endmacro %}

{#
    One round trip, and the catalog's own truth: dbt's cache is older than the lock, which `before`
    takes. A type is comparable if B-trees can order it, and exact if values that are equal are also
    the same, as 1.0 and 1.00, or -0 and 0, are not.
#}
{% macro postgres__relation_facts(relation, before) %}
    {%- set name = relation.include(database=false) | string | replace("'", "''") -%}
    {%- set sql -%}
        {{ before ~ ";\n" if before -}}
        select json_build_object(
            'kind', case tbl.relkind when 'r' then 'table' when 'p' then 'partitioned table'
                when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table'
                else 'relation of another kind' end,
            'owner', pg_get_userbyid(tbl.relowner),
            'is_owner', pg_has_role(tbl.relowner, 'usage'),
            'user', current_user,
            'can_write', has_table_privilege(tbl.oid, 'select')
                and has_table_privilege(tbl.oid, 'insert')
                and has_table_privilege(tbl.oid, 'update')
                and has_table_privilege(tbl.oid, 'delete'),
            'is_referenced', exists (
                select 1 from pg_constraint where confrelid = tbl.oid and contype = 'f'
            ),
            'version', cast(current_setting('server_version_num') as integer),
            'columns', (
                select json_agg(json_build_object(
                    'name', col.attname,
                    'type', format_type(col.atttypid, col.atttypmod),
                    'is_generated', col.attgenerated <> '',
                    'identity', col.attidentity,
                    'is_not_null', col.attnotnull,
                    'is_exact', (
                        kind.typname in (
                            'bool', 'int2', 'int4', 'int8', 'date', 'time', 'timestamp',
                            'timestamptz', 'uuid', 'bytea', 'text', 'varchar'
                        ) or (kind.typname = 'numeric' and col.atttypmod > 0)
                    )
                    and kind.typnamespace = cast('pg_catalog' as regnamespace)
                    and not exists (
                        select 1 from pg_collation as coll
                        where coll.oid = col.attcollation
                            and not coll.collisdeterministic
                    ),
                    'is_comparable', item.typtype in ('e', 'r', 'm') or exists (
                        select 1
                        from pg_opclass as class
                        join pg_am as method on method.oid = class.opcmethod
                        where method.amname = 'btree' and class.opcdefault and (
                            class.opcintype = coalesce(nullif(item.typbasetype, 0), item.oid)
                            or exists (
                                select 1 from pg_cast
                                where castsource = coalesce(nullif(item.typbasetype, 0), item.oid)
                                    and casttarget = class.opcintype
                                    and castmethod = 'b' and castcontext = 'i'
                            )
                        )
                    )
                ) order by col.attnum)
                from pg_attribute as col
                join pg_type as kind on kind.oid = col.atttypid
                left join pg_type as base on base.oid = kind.typbasetype
                join pg_type as item on item.oid = case
                    when kind.typcategory <> 'A' then kind.oid
                    else coalesce(nullif(kind.typelem, 0), nullif(base.typelem, 0), kind.oid)
                end
                where col.attrelid = tbl.oid and col.attnum > 0 and not col.attisdropped
            ),
            'indexes', (
                select json_agg(json_build_object(
                    'name', rel.relname,
                    'unique', idx.indisunique,
                    'usable', idx.indisvalid and idx.indpred is null,
                    'is_constraint', exists (select 1 from pg_constraint where conindid = rel.oid),
                    'method', method.amname,
                    'nulls_not_distinct',
                    pg_get_indexdef(idx.indexrelid) like '%NULLS NOT DISTINCT%',
                    'columns', (
                        select json_agg(coalesce(col.attname, '') order by part.place)
                        from unnest(cast(idx.indkey as smallint[]))
                            with ordinality as part(number, place)
                        left join pg_attribute as col
                            on col.attrelid = tbl.oid and col.attnum = part.number
                        where part.place <= idx.indnkeyatts
                    )
                ) order by rel.relname)
                from pg_index as idx
                join pg_class as rel on rel.oid = idx.indexrelid
                join pg_am as method on method.oid = rel.relam
                where idx.indrelid = tbl.oid
            )
        )::text as facts
        from pg_class as tbl
        where tbl.oid = to_regclass('{{ name }}')
    {%- endset -%}
    {%- call statement("headwater_facts", fetch_result=true) -%} {{ sql }} {%- endcall -%}
    {%- set rows = load_result("headwater_facts").data -%}
    {%- set facts = fromjson(rows[0][0]) if rows else {} -%}
    {%- if facts -%} {%- do facts.update({"indexes": facts.indexes or []}) -%} {%- endif -%}
    {{ return(facts) }}
{% endmacro %}

{% macro redshift__relation_facts(relation, before) %}
    {{ return(headwater.default__relation_facts(relation, before)) }}
{% endmacro %}
