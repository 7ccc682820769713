{% macro get_incremental_headwater_soft_delete_sql(arg_dict) %}
    {%- set run = headwater._strategy_run(
        "soft_delete", arg_dict, ["deleted_column", "deleted_at_column"],
        index_key=true, own=headwater._deletion_columns()
    ) -%}
    {{ return(headwater._soft_delete_statements(run) | join(";\n\n")) }}
{% endmacro %}
