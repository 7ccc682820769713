{% macro close_bases(run) %}
    {%- do adapter.dispatch("close_bases", "headwater")(run) -%}
{% endmacro %}

{# Rights are given there by other means: docs/macros/masking.md says which to take away. #}
{% macro default__close_bases(run) %} {% endmacro %}

{#
    Takes all rights on what the view reads from everybody but the owner and base_readers; then nobody
    who may read the view may read what is under it, or nothing is written.
#}
{% macro postgres__close_bases(run) %}
    {%- set kept = ["''"] -%}
    {%- for role in run.options.base_readers -%}
        {%- do kept.append(headwater._literal(role)) -%}
    {%- endfor -%}
    {%- set relations = [] -%}
    {%- for base in run.bases -%}
        {%- do relations.append(headwater._literal(base.relation | string)) -%}
    {%- endfor -%}
    {%- if not relations -%} {{ return("") }} {%- endif -%}
    {%- call statement("headwater_revoke") -%}
        do $headwater$
        declare
            held record;
        begin
            for held in
                select distinct base.name, acl.grantee
                from unnest(array[{{ relations | join(", ") }}]) as base(name)
                join pg_class as tbl on tbl.oid = to_regclass(base.name)
                cross join lateral (
                    select (aclexplode(tbl.relacl)).grantee
                    union
                    select (aclexplode(col.attacl)).grantee
                    from pg_attribute as col
                    where col.attrelid = tbl.oid and col.attacl is not null
                ) as acl
                where acl.grantee <> tbl.relowner
                    and pg_has_role(tbl.relowner, 'usage')
                    and (acl.grantee = 0 or pg_get_userbyid(acl.grantee) not in ({{ kept | join(", ") }}))
            loop
                execute format(
                    'revoke all on %s from %s', held.name,
                    case when held.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(held.grantee)) end
                );
            end loop;
        end
        $headwater$
    {%- endcall -%}
    {%- set query -%}
        select base.name, role.rolname
        from unnest(array[{{ relations | join(", ") }}]) as base(name)
        join pg_class as tbl on tbl.oid = to_regclass(base.name)
        cross join pg_roles as role
        where not role.rolsuper
            and role.rolname not like 'pg\_%'
            and role.rolname not in ({{ kept | join(", ") }})
            and not pg_has_role(role.oid, tbl.relowner, 'usage')
            and has_any_column_privilege(role.oid, tbl.oid, 'select')
            and has_any_column_privilege(
                role.oid, to_regclass('{{ run.target.include(database=false) | string | replace("'", "''") }}'), 'select'
            )
        order by 1, 2
        limit 1
    {%- endset -%}
    {%- set open = run_query(query).rows -%}
    {%- if open -%}
        {{ headwater._raise_argument(
            "masked_view", "base_readers", "nobody who reads the view and what is under it",
            "'" ~ open[0][1] ~ "' may read " ~ open[0][0],
            "let its owner revoke that, or name '" ~ open[0][1] ~ "' under base_readers"
        ) }}
    {%- endif -%}
{% endmacro %}

{% macro redshift__close_bases(run) %} {% endmacro %}
