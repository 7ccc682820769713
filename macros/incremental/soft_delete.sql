{% materialization soft_delete, default %}
    {%- set own = headwater._deletion_columns() -%}
    {%- set quoted = headwater.get_quoted_identifiers(own) -%}
    {%- set query -%}
        select source.*, false as {{ quoted[0] }},
            cast(null as {{ dbt.type_timestamp() }}) as {{ quoted[1] }}
        from (
{{ sql }}
        ) as source
    {%- endset -%}
    {{ return(headwater._run_incremental(
        "soft_delete", headwater._soft_delete_statements, query,
        more_options=["deleted_column", "deleted_at_column"], index_key=true, own=own
    )) }}
{% endmaterialization %}
