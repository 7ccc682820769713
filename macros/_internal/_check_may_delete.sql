{#- Nothing, or an error unless the user may read a table of Postgres and delete from it. -#}
{% macro _check_may_delete(macro, relation) %}
    {%- set name = relation.include(database=false) | string | replace("'", "''") -%}
    {%- set row = run_query(
        "select current_user, has_table_privilege(tbl.oid, 'select') and has_table_privilege(tbl.oid, 'delete'),"
        ~ " pg_get_userbyid(tbl.relowner) from pg_class as tbl where tbl.oid = to_regclass('" ~ name ~ "')"
    ).rows[0] -%}
    {%- if not row[1] -%}
        {{ headwater._raise_argument(
            macro, "relation", "a table on which '" ~ row[0] ~ "' has select and delete",
            relation ~ " of '" ~ row[2] ~ "'"
        ) }}
    {%- endif -%}
{% endmacro %}
