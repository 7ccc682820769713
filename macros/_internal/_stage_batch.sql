{#- Runs the model's query once, into a table of this run, and checks what came. -#}
{% macro _stage_batch(run, query) %}
    {%- set batch = headwater._batch_relation(run.target) -%}
    {%- set contract = config.get("contract") -%}
    {%- if contract and contract.enforced -%}
        {%- do get_assert_columns_equivalent(query) -%}
    {%- endif -%}
    {%- set statement = headwater.stage_rows(batch, query, config.get("sql_header")) -%}
    {%- do run.update({
        "batch": batch, "staged": [batch], "batch_facts": headwater.relation_facts(batch, before=statement)
    }) -%}
    {%- do headwater._check_batch(run) -%}
{% endmacro %}
