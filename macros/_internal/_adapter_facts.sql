{#- The facts of a relation as dbt's adapter knows it, without indexes and privileges. -#}
{% macro _adapter_facts(relation, adapter_columns) %}
    {%- set columns = [] -%}
    {%- for column in adapter_columns -%}
        {%- do columns.append({
            "name": column.name, "type": column.data_type, "is_generated": false,
            "identity": "", "is_not_null": false, "is_comparable": true,
        }) -%}
    {%- endfor -%}
    {{ return({
        "kind": "view" if relation.is_view else "table", "columns": columns, "indexes": [],
        "is_owner": true, "can_write": true, "is_referenced": false, "version": 0,
    }) }}
{% endmacro %}
