{#- The statements that grant again what is granted on a view, to all but its owner. Postgres. -#}
{% macro _view_grants(relation) %}
    {%- set query -%}
        select
            'grant ' || lower(acl.privilege_type) || ' on ' || '{{ relation | string | replace("'", "''") }}' || ' to '
            || case when acl.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(acl.grantee)) end
            || case when acl.is_grantable then ' with grant option' else '' end
        from pg_class as tbl
        cross join lateral aclexplode(tbl.relacl) as acl
        where tbl.oid = to_regclass('{{ relation.include(database=false) | string | replace("'", "''") }}')
            and acl.grantee <> tbl.relowner
        order by 1
    {%- endset -%}
    {{ return(run_query(query).columns[0].values() | list) }}
{% endmacro %}
