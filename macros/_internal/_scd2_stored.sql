{#-
    What is known of a table that holds a history: `names`, `begin`, `end` (quoted), `time_type`, `open`
    (what stands for no end), `columns` (names without its own) and `kept`, the table of kept events or none.
-#}
{% macro _scd2_stored(macro, relation, column_names, open_end) %}
    {%- set names = headwater._history_names(macro, column_names) -%}
    {%- set types, columns = {}, [] -%}
    {%- for column in headwater.relation_facts(relation).columns -%}
        {%- do types.update({column.name: column.type}) -%}
        {%- if column.name not in names.values() -%}
            {%- do columns.append(column.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do headwater._check_columns_exist(
        macro, "column_names", [names.dbt_valid_from, names.dbt_valid_to], types.keys() | list
    ) -%}
    {%- set time_type, end_type = types[names.dbt_valid_from], types[names.dbt_valid_to] -%}
    {%- if headwater._scd2_time_kind(time_type) != headwater._scd2_time_kind(end_type) -%}
        {{ headwater._raise_argument(
            macro, "table", "a history whose " ~ names.dbt_valid_from ~ " and " ~ names.dbt_valid_to
            ~ " are of one type", time_type ~ " and " ~ end_type, "bring them to one type with alter table"
        ) }}
    {%- endif -%}
    {%- set open_end = headwater._scd2_given_end(macro, "open_end", open_end) -%}
    {{ return({
        "names": names, "types": types, "columns": columns, "time_type": time_type,
        "begin": headwater.quote_identifier(names.dbt_valid_from),
        "end": headwater.quote_identifier(names.dbt_valid_to),
        "open": headwater._scd2_open_end({"options": {"open_end": open_end}, "time_type": time_type}),
        "kept": adapter.get_relation(
            relation.database, relation.schema, headwater._scd2_kept_name(relation)
        ),
    }) }}
{% endmacro %}
