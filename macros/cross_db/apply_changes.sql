{% macro apply_changes(run, query) %}
    {%- do adapter.dispatch("apply_changes", "headwater")(run, query) -%}
{% endmacro %}

{% macro default__apply_changes(run, query) %}
    {{ headwater._raise_argument(
        "cdc_apply", "materialized", "Postgres, version 16 or later", adapter.type(),
        "keep the changes, and select the last per key with dedup()"
    ) }}
{% endmacro %}

{% macro postgres__apply_changes(run, query) %}
    {%- do run.update({"batch": headwater._batch_relation(run.target)}) -%}
    {%- do headwater._cdc_stage(run, query) -%}
    {%- do headwater._cdc_columns(run) -%}
    {%- do headwater._cdc_set_aside(run) -%}
    {%- do headwater._cdc_fit_table(run) -%}
    {%- do headwater.run_statements(
        headwater._cdc_read_statements(run)
        + headwater._cdc_merge_statements(run)
        + headwater._cdc_write_statements(run)
    ) -%}
{% endmacro %}

{% macro redshift__apply_changes(run, query) %}
    {%- do headwater.default__apply_changes(run, query) -%}
{% endmacro %}
