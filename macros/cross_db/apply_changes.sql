{% macro apply_changes(run, query) %}
    {%- do adapter.dispatch("apply_changes", "headwater")(run, query) -%}
{% endmacro %}

{% macro default__apply_changes(run, query) %}
    {{ headwater._raise_argument(
        "cdc_apply", "materialized", "Postgres or DuckDB", adapter.type(),
        "keep the changes, and select the last per key with dedup()"
    ) }}
{% endmacro %}

{% macro postgres__apply_changes(run, query) %}
    {%- do headwater._cdc_apply(run, query) -%}
    {%- if run.is_created -%} {%- do headwater.fit_indexes(run, run.key) -%} {%- endif -%}
{% endmacro %}

{% macro redshift__apply_changes(run, query) %}
    {%- do headwater.default__apply_changes(run, query) -%}
{% endmacro %}

{% macro duckdb__apply_changes(run, query) %}
    {%- do headwater._cdc_apply(run, query) -%}
    {%- if run.is_created -%} {%- do headwater.fit_indexes(run) -%} {%- endif -%}
{% endmacro %}
