{% macro reader_is(roles) %}
    {{- adapter.dispatch("reader_is", "headwater")(roles) -}}
{% endmacro %}

{# Nobody, where a view cannot ask who reads it: all get what is masked. #}
{% macro default__reader_is(roles) -%} false {%- endmacro %}

{#
    Asked once per statement, since no row changes it. A superuser counts as nobody, and not as every role:
    often it is dbt's user, whose tables on the view would hold what the view hides. A role that was dropped
    since is nobody's.
#}
{% macro postgres__reader_is(roles) -%}
    {%- set asked = [] -%}
    {%- for role in roles -%}
        {%- set name = headwater._literal('"' ~ role | replace('"', '""') ~ '"') -%}
        {%- do asked.append("pg_has_role(oid, to_regrole(" ~ name ~ "), 'usage')") -%}
    {%- endfor -%}
    (
        select not rolsuper and coalesce({{ asked | join(" or ") }}, false)
        from pg_roles
        where rolname = current_user
    )
{%- endmacro %}

{% macro redshift__reader_is(roles) -%}
    {%- set asked = [] -%}
    {%- for role in roles -%}
        {%- do asked.append("user_is_member_of(current_user, " ~ headwater._literal(role) ~ ")") -%}
    {%- endfor -%}
    ({{ asked | join(" or ") }})
{%- endmacro %}

{% macro snowflake__reader_is(roles) -%}
    {%- set asked = [] -%}
    {%- for role in roles -%}
        {%- do asked.append("is_role_in_session(" ~ headwater._literal(role) ~ ")") -%}
    {%- endfor -%}
    ({{ asked | join(" or ") }})
{%- endmacro %}

{% macro databricks__reader_is(roles) -%}
    {%- set asked = [] -%}
    {%- for role in roles -%}
        {%- do asked.append("is_account_group_member(" ~ headwater._literal(role) ~ ")") -%}
    {%- endfor -%}
    ({{ asked | join(" or ") }})
{%- endmacro %}
