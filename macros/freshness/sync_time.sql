{% macro sync_time(tool, alias=none) %}
    {%- set columns = {
        "fivetran": "_fivetran_synced", "airbyte": "_airbyte_extracted_at",
        "airbyte_v1": "_airbyte_emitted_at", "stitch": "_sdc_batched_at", "dlt": "_dlt_load_id",
    } -%}
    {%- do headwater._check_choice("sync_time", "tool", tool, columns.keys() | list) -%}
    {%- set column = headwater.column_reference(columns[tool], alias) -%}
    {#- dlt's is the number of a load, and that is the time it began, as a text of seconds. -#}
    {{- headwater.epoch_time("cast(" ~ column ~ " as " ~ dbt.type_float() ~ ")")
        if tool == "dlt" else column -}}
{% endmacro %}
