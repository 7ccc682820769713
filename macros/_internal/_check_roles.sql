{#- Nothing, or an error unless each of `roles` is a role of the server; PUBLIC is none. Postgres. -#}
{% macro _check_roles(macro, argument, roles) %}
    {%- if not execute or not roles or adapter.type() != "postgres" -%}
        {{ return("") }}
    {%- endif -%}
    {%- for role in roles if role is not string or not role | trim -%}
        {{ headwater._raise_argument(macro, argument, "names of roles", headwater._describe(role)) }}
    {%- endfor -%}
    {%- set names = run_query("select rolname from pg_roles where rolname not like 'pg\\_%' order by 1").columns[0].values() -%}
    {%- for role in roles if role not in names -%}
        {%- set shown = names | list -%}
        {%- set more = " (+" ~ (shown | length - 5) ~ ")" if shown | length > 5 else "" -%}
        {{ headwater._raise_argument(
            macro, argument, "roles of this server: " ~ shown[:5] | join(", ") ~ more, "'" ~ role ~ "'",
            headwater._suggestion(role, shown)
        ) }}
    {%- endfor -%}
{% endmacro %}
