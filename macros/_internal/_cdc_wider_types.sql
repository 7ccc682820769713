{#-
    The columns of the table that get the wider type that the model now gives them, as `on_schema_change` says;
    their types are put into `types`. What a type is called, only the engine knows: it is asked if they differ.
-#}
{% macro _cdc_wider_types(run) %}
    {%- set given, casts = run.options.column_types, [] -%}
    {%- for name, type in run.old_types.items() if name in given and not run.is_rebuild -%}
        {%- if headwater._usual_type(type) != headwater._usual_type(given[name]) -%}
            {%- do casts.append("cast(null as " ~ given[name] ~ ") as " ~ headwater.quote_identifier(name)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not casts -%} {{ return([]) }} {%- endif -%}
    {%- set shape = headwater._batch_relation(run.target, "s") -%}
    {%- do run.staged.append(shape) -%}
    {%- set query = "select " ~ casts | join(", ") ~ " limit 0" -%}
    {%- set facts = headwater.relation_facts(shape, before=headwater.stage_rows(shape, query)) -%}
    {%- set drift = {"added": [], "dropped": [], "widened": [], "retyped": []} -%}
    {%- for column in facts.columns if column.type != run.old_types[column.name] -%}
        {%- set old = run.old_types[column.name] -%}
        {%- do drift["widened" if headwater._is_wider_type(old, column.type) else "retyped"].append({
            "name": column.name, "type": column.type, "old_type": old,
        }) -%}
    {%- endfor -%}
    {%- if run.options.on_schema_change == "fail" -%}
        {%- do headwater._check_no_drift(run, drift) -%}
    {%- endif -%}
    {%- set found = [] -%}
    {%- for column in drift.widened
        if run.options.on_schema_change == "append_new_columns" or "char" in column.old_type | lower -%}
        {%- do found.append(column) -%} {%- do run.types.update({column.name: column.type}) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
