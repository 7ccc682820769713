{#- Gives the batch's key the types of the table's key, which some ways to compare NULLs need. -#}
{% macro _match_key_types(run) %}
    {%- set casts = [] -%}
    {%- for column in run.batch_facts.columns if column.name in run.key -%}
        {%- for other in (run.facts.columns or []) if other.name == column.name -%}
            {%- if other.type != column.type
                and not headwater._is_wider_type(other.type, column.type) -%}
                {%- do casts.append({"name": column.name, "type": other.type}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if casts and run.options.on_schema_change not in ["fail", "sync_all_columns"] -%}
        {%- do headwater.change_columns(run.batch, [], [], casts) -%}
        {%- do run.update({"batch_facts": headwater.relation_facts(run.batch)}) -%}
    {%- endif -%}
{% endmacro %}
