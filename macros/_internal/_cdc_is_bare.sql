{#-
    Whether the table was made of no change at all, as with --empty, so that the type of its key was not even
    guessed: there is nothing in it and in its tombstones, and no column that is not declared.
-#}
{% macro _cdc_is_bare(run, types) %}
    {%- set declared = run.options.column_types -%}
    {%- set guessed = types.keys() | reject("in", declared) | list -%}
    {%- if run.is_rebuild or not guessed or guessed | reject("in", run.key) | list -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set name = headwater._side_name(run.target.identifier, "_tombstones") -%}
    {%- set tombstones = run.target.incorporate(path={"identifier": name}) -%}
    {%- set relations = [run.target] + ([tombstones] if headwater.relation_facts(tombstones) else []) -%}
    {%- call statement("headwater_rows", fetch_result=true) -%}
        {%- for relation in relations %}
            {{ "union all" if not loop.first }} (select 1 from {{ relation }} limit 1)
        {%- endfor %}
    {%- endcall -%}
    {{ return(not load_result("headwater_rows").data) }}
{% endmacro %}
