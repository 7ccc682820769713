{#- One attempt to read the changes with the columns that are known by now. -#}
{% macro _cdc_read_once(run) %}
    {%- do run.update({"data": run.types | reject("in", run.key) | list}) -%}
    {%- call statement("headwater_cdc_read", fetch_result=true) -%}
        {{ headwater.typed_changes(run) }}
    {%- endcall -%}
    {%- set row = load_result("headwater_cdc_read").data[0] -%}
    {#- Changes that were not read have no place in the table, or a value that does not fit. -#}
    {%- do run.update({"counts": {
        "deletes": row[0] | int, "strange": row[1] | int, "truncates": row[2] | int, "unread": row[3] | int,
        "read": row[4] | int,
    }}) -%}
{% endmacro %}
