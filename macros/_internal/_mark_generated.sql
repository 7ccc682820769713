{#-
    Puts into the facts on the table which of its columns it computes itself. The engine is only asked
    where the table has columns that the query lacks.
-#}
{% macro _mark_generated(run) %}
    {%- set given = run.batch_facts.columns | map(attribute="name") | list -%}
    {%- set more = run.facts.columns | map(attribute="name") | reject("in", given) | list -%}
    {%- set generated = headwater.generated_columns(run.target) if more else [] -%}
    {%- for column in run.facts.columns if column.name in generated -%}
        {%- do column.update({"is_generated": true}) -%}
    {%- endfor -%}
{% endmacro %}
