{#-
    Gives the batch's key the types of the table's key, since records of different types can't be
    compared; not where the table's column is about to be widened or retyped instead.
-#}
{% macro _match_key_types(run) %}
    {%- set mode = run.options.on_schema_change -%}
    {%- set casts = [] -%}
    {%- for column in run.batch_facts.columns if column.name in run.key -%}
        {%- for other in (run.facts.columns or []) if other.name == column.name -%}
            {%- set widens = headwater._is_wider_type(other.type, column.type)
                and (mode == "append_new_columns" or "char" in other.type) -%}
            {%- if other.type != column.type and not widens -%}
                {%- do casts.append({"name": column.name, "type": other.type}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if casts and mode not in ["fail", "sync_all_columns"] and not run.is_rebuild -%}
        {%- do headwater.change_columns(run.batch, [], [], casts) -%}
        {%- do run.update({"batch_facts": headwater.relation_facts(run.batch)}) -%}
    {%- endif -%}
{% endmacro %}
