{#-
    A full refresh: takes all rows away, and adds to `retyped` the columns to which the model now gives another type.
-#}
{% macro _cdc_empty_table(run) %}
    {%- call statement("headwater_empty") -%}
        {{ headwater.empty_statement(run.target, run.facts) }}
    {%- endcall -%}
    {%- for column in headwater.relation_facts(run.events).columns if column.name in run.old_types -%}
        {%- if column.type != run.old_types[column.name] -%}
            {%- do run.retyped.append({"name": column.name, "type": column.type, "is_empty": true}) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
