{#- Nothing, or an error that names each difference; longer texts are always made room for. -#}
{% macro _check_no_drift(run, drift) %}
    {%- set said = [] -%}
    {%- for column in drift.added if column.name not in run.own -%}
        {%- do said.append("new column '" ~ column.name ~ "' " ~ column.type) -%}
    {%- endfor -%}
    {%- for column in drift.dropped -%}
        {%- do said.append("no column '" ~ column.name ~ "' any more") -%}
    {%- endfor -%}
    {%- for column in drift.retyped + drift.widened
        if column in drift.retyped or "char" not in column.old_type | lower -%}
        {%- do said.append(
            "column '" ~ column.name ~ "' " ~ column.type ~ " instead of " ~ column.old_type
        ) -%}
    {%- endfor -%}
    {%- if said -%}
        {{ headwater._raise_argument(
            run.macro, "on_schema_change", "the columns of the table (on_schema_change: fail)",
            said | join("; "),
            "set on_schema_change to append_new_columns or sync_all_columns, or use --full-refresh"
        ) }}
    {%- endif -%}
{% endmacro %}
