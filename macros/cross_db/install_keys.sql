{% macro install_keys(version, source, key_readers, vault_readers) %}
    {%- do adapter.dispatch("install_keys", "headwater")(
        version, source, key_readers, vault_readers
    ) -%}
{% endmacro %}

{% macro default__install_keys(version, source, key_readers, vault_readers) %}
    {{ headwater._raise_argument(
        "install_masking", "target", "Postgres or DuckDB", adapter.type(),
        "make the tables by hand, as docs/macros/masking.md says"
    ) }}
{% endmacro %}

{#
    The key is read from a setting of the session by the server itself, so that it stands in no statement.
    The setting comes with the connection: PGOPTIONS="-c headwater.masking_key=…".
#}
{% macro postgres__install_keys(version, source, key_readers, vault_readers) %}
    {%- set schema = headwater.quote_identifier(var("masking_schema", "headwater_masking")) -%}
    {%- set keys = headwater._masking_table("masking_keys") -%}
    {%- set vault = headwater._masking_table("token_vault") -%}
    {%- do headwater._check_roles("install_masking", "key_readers", key_readers) -%}
    {%- do headwater._check_roles("install_masking", "vault_readers", vault_readers) -%}
    {%- set statements = [
        headwater.lock_statement("masking keys"),
        "create schema if not exists " ~ schema,
        "revoke all on schema " ~ schema ~ " from public",
        "create table if not exists " ~ keys ~ " (key_version smallint primary key, inner_block bytea not null,"
            ~ " outer_block bytea not null, created_at timestamptz not null default now())",
        "alter table " ~ keys ~ " alter column inner_block set statistics 0,"
            ~ " alter column outer_block set statistics 0",
        "revoke all on " ~ keys ~ " from public",
        "create table if not exists " ~ vault ~ " (domain text not null, value_hash text not null,"
            ~ " token text not null, value text not null, created_at timestamptz not null default now(),"
            ~ " primary key (domain, value_hash), unique (domain, token))",
        "revoke all on " ~ vault ~ " from public",
    ] + headwater._erasure_tables() -%}
    {%- for table, roles in [[keys, key_readers], [vault, vault_readers]] -%}
        {%- for role in roles -%}
            {%- set name = headwater.quote_identifier(role) -%}
            {%- do statements.append("grant usage on schema " ~ schema ~ " to " ~ name) -%}
            {%- do statements.append("grant select on " ~ table ~ " to " ~ name) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if source != "none" -%}
        {%- do statements.append(headwater._install_key_block(version, source, keys)) -%}
    {%- endif -%}
    {%- do run_query("begin;\n" ~ statements | join(";\n") ~ ";\ncommit") -%}
    {%- do log("headwater.install_masking(): the masking key of version " ~ version ~ " is in place"
        if source != "none" else "headwater.install_masking(): the tables are in place", info=true) -%}
{% endmacro %}

{% macro redshift__install_keys(version, source, key_readers, vault_readers) %}
    {%- do headwater.default__install_keys(version, source, key_readers, vault_readers) -%}
{% endmacro %}

{#
    There are neither roles nor settings of one's own; the key comes from the environment and goes to the
    engine as a bound value, which is no part of the statement.
#}
{% macro duckdb__install_keys(version, source, key_readers, vault_readers) %}
    {%- if key_readers or vault_readers -%}
        {{ headwater._raise_argument(
            "install_masking", "key_readers", "no roles, which DuckDB has not",
            headwater._describe(key_readers + vault_readers)
        ) }}
    {%- elif source == "generate" -%}
        {{ headwater._raise_argument(
            "install_masking", "source", "'setting', since DuckDB's random numbers are no secret",
            "the string 'generate'"
        ) }}
    {%- endif -%}
    {%- set keys = headwater._masking_table("masking_keys") -%}
    {%- set vault = headwater._masking_table("token_vault") -%}
    {%- set schema = keys.rpartition(".")[0] -%}
    {%- set tables -%}
        create schema if not exists {{ schema }};
        create table if not exists {{ keys }} (key_version smallint primary key,
            inner_block blob not null, outer_block blob not null, created_at timestamp not null);
        create table if not exists {{ vault }} (domain varchar not null, value_hash varchar not null,
            token varchar not null, value varchar not null, created_at timestamp not null,
            primary key (domain, value_hash), unique (domain, token));
        {{ headwater._erasure_tables() | join(";\n") }}
    {%- endset -%}
    {#- This begins a transaction. -#}
    {%- do adapter.add_query(tables) -%}
    {%- if source == "setting" -%}
        {%- do headwater._install_bound_key(version, keys) -%}
    {%- endif -%}
    {%- do adapter.commit() -%}
    {%- do log("headwater.install_masking(): the masking key of version " ~ version ~ " is in place"
        if source != "none" else "headwater.install_masking(): the tables are in place", info=true) -%}
{% endmacro %}
