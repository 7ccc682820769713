{% macro guarded_snapshot() %}
    {%- set strategy = config.get("strategy") or "" -%}
    {%- set ours = (config.get("meta") or {}).get("headwater") or {} -%}
    {%- set guard = headwater._option("guard", false) if ours is mapping else none -%}
    {%- if guard is not boolean -%}
        {{ headwater._raise_argument(
            "guarded_snapshot", "guard", "true or false under headwater in meta",
            headwater._describe(guard if ours is mapping else ours)
        ) }}
    {%- endif -%}
    {{ return(guard or strategy.startswith("headwater.safe_")) }}
{% endmacro %}

{#
    Found by dbt's dispatch where a project puts this package before dbt in its search order. They do
    nothing but for the snapshots that ask for it.
#}
{% macro default__snapshot_get_time() -%}
    {%- if headwater.guarded_snapshot() -%} {{ headwater.utc_now() }}  /* headwater */
    {%- else -%} {{ headwater._dbts_own("snapshot_get_time")() }}
    {%- endif -%}
{%- endmacro %}

{% macro default__snapshot_hash_arguments(args) -%}
    {%- if headwater.guarded_snapshot() -%}
        {{ headwater.sha256_hex(headwater._framed_texts(args)) }}
    {%- else -%} {{ headwater._dbts_own("snapshot_hash_arguments")(args) }}
    {%- endif -%}
{%- endmacro %}

{% macro default__build_snapshot_table(strategy, sql) -%}
    {%- set query = headwater._guarded_query(strategy, sql, false) -%}
    {{ headwater._dbts_own("build_snapshot_table")(strategy, query) }}
{%- endmacro %}

{% macro default__snapshot_staging_table(strategy, source_sql, target_relation) -%}
    {%- set query = headwater._guarded_query(strategy, source_sql, true) -%}
    {{ headwater._dbts_own("snapshot_staging_table")(strategy, query, target_relation) }}
{%- endmacro %}
