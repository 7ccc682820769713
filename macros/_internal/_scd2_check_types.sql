{#- Nothing, or an error when a key can't be compared, a time is none, or a mark is not true or false. -#}
{% macro _scd2_check_types(run) %}
    {%- set options = run.options -%}
    {%- set types = {} -%}
    {%- for column in run.batch_facts.columns -%}
        {%- do types.update({column.name: column.type}) -%}
        {%- set orders = column.name in options.unique_key + options.sequence_by -%}
        {%- if orders and not column.is_comparable -%}
            {{ headwater._raise_argument(
                "scd2", "unique_key" if column.name in options.unique_key else "sequence_by",
                "columns of a type that has an order", "'" ~ column.name ~ "' of type " ~ column.type,
                "cast it in the model's query, for instance to text"
            ) }}
        {%- endif -%}
    {%- endfor -%}
    {%- set time_type = types.get(options.updated_at) or dbt.type_timestamp() -%}
    {%- set base = (time_type | lower).split("(")[0].split(" ")[0] -%}
    {%- if not base.startswith("timestamp") and base not in ["date", "datetime", "datetime2"] -%}
        {{ headwater._raise_argument(
            "scd2", "updated_at", "a column of a date or time type",
            "'" ~ options.updated_at ~ "' of type " ~ time_type,
            "cast it in the model's query to " ~ dbt.type_timestamp()
        ) }}
    {%- endif -%}
    {%- set mark = types.get(options.deleted_column) -%}
    {%- if mark and mark | lower not in ["boolean", "bool"] -%}
        {{ headwater._raise_argument(
            "scd2", "deleted_column", "a column of type boolean",
            "'" ~ options.deleted_column ~ "' of type " ~ mark,
            "write a condition in the model's query, such as operation = 'D' as is_deleted"
        ) }}
    {%- endif -%}
    {%- do run.update({"time_type": time_type}) -%}
{% endmacro %}
