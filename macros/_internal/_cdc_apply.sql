{#- What cdc_apply does between the start of the transaction and its end. -#}
{% macro _cdc_apply(run, query) %}
    {%- do headwater._cdc_stage(run, query) -%}
    {%- do headwater._cdc_read(run) -%}
    {%- do headwater._cdc_fit_table(run) -%}
    {%- do headwater.run_statements(
        headwater._cdc_quarantine_statements(run)
        + headwater._cdc_tombstone_statements(run)
        + headwater.change_statements(run)
    ) -%}
{% endmacro %}
