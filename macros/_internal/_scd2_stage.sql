{#- Runs a select into a table of this run, under `name` in `run`, and counts it where that helps. -#}
{% macro _scd2_stage(run, name, query, analyzed=[]) %}
    {%- set relation = headwater._batch_relation(run.target, name) -%}
    {%- set analyze = headwater.analyze_statement(relation, analyzed) if analyzed -%}
    {%- call statement("headwater_stage") -%}
        {{ headwater.stage_rows(relation, query) }} {{- ";\n" ~ analyze if analyze }}
    {%- endcall -%}
    {%- do run.update({name: relation}) -%}
    {%- do run.staged.append(relation) -%}
{% endmacro %}
