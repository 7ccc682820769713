{#- Moves staged events to the quarantine, as rows of the query. -#}
{% macro _scd2_set_aside(run, relation, condition, reason) %}
    {%- set names = headwater.get_quoted_identifiers(run.columns | map(attribute="name") | list) -%}
    {%- set count = run.staged | length -%}
    {%- do headwater._scd2_stage(
        run, "q" ~ count, "select " ~ names | join(", ") ~ " from " ~ relation ~ " where " ~ condition
    ) -%}
    {%- do headwater._set_aside({
        "batch": run["q" ~ count], "target": run.target, "options": run.options,
        "batch_facts": {"columns": run.columns}, "relations": run.relations,
    }, "1 = 1", reason | replace("'", "''")) -%}
    {%- call statement("headwater_set_aside") -%}
        delete from {{ relation }} where {{ condition }}
    {%- endcall -%}
{% endmacro %}
