{#- The statement that forbids two versions of a key at one time; it needs an extension. -#}
{% macro _scd2_exclusion(run, name) %}
    {%- set found = run_query("select 1 from pg_extension where extname = 'btree_gist'").rows -%}
    {%- if not found | length -%}
        {{ headwater._raise_argument(
            "scd2", "exclusion_constraint", "a database with the extension btree_gist", "none",
            "have it made with 'create extension btree_gist', or leave the option out"
        ) }}
    {%- endif -%}
    {%- set type = run.time_type | lower -%}
    {%- set range = "daterange" if type == "date" else (
        "tstzrange" if "with time zone" in type and "without" not in type else "tsrange"
    ) -%}
    {%- set parts = [] -%}
    {%- for column in headwater.get_quoted_identifiers(run.key) -%}
        {%- do parts.append(column ~ " with =") -%}
    {%- endfor -%}
    {%- do parts.append(
        range ~ "(" ~ headwater.quote_identifier(run.options.names.dbt_valid_from) ~ ", "
        ~ headwater.quote_identifier(run.options.names.dbt_valid_to) ~ ") with &&"
    ) -%}
    {{ return(
        "alter table " ~ run.target ~ " add constraint " ~ name ~ " exclude using gist ("
        ~ parts | join(", ") ~ ") deferrable initially deferred"
    ) }}
{% endmacro %}
