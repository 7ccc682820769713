{% macro cdc_normalize(relation, key, format="generic", fields={}, op_values={}, exclude=[], encodings={}) %}
    {%- do headwater._check_choice("cdc_normalize", "format", format, [
        "debezium", "debezium_flattened", "airbyte", "fivetran", "stitch", "dlt", "generic"
    ]) -%}
    {%- do headwater._check_relation("cdc_normalize", "relation", relation) -%}
    {%- do headwater._check_column_list("cdc_normalize", "key", key) -%}
    {%- if exclude -%}
        {%- do headwater._check_column_list("cdc_normalize", "exclude", exclude) -%}
    {%- endif -%}
    {{- headwater.normalized_changes(
        headwater._row_source(relation), key, format, fields, op_values, exclude,
        headwater._cdc_encodings(encodings)
    ) -}}
{% endmacro %}
