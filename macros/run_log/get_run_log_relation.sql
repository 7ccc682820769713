{% macro get_run_log_relation(table) %}
    {%- do headwater._check_choice(
        "get_run_log_relation", "table", table, headwater._run_log_columns().keys() | list
    ) -%}
    {{ return(api.Relation.create(
        database=var("run_log_database", none) or target.database | default(none),
        schema=var("run_log_schema", none) or target.schema,
        identifier="headwater_run_" ~ table, type="table"
    )) }}
{% endmacro %}
