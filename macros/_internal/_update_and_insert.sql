{#- An upsert in plain statements: change what is there, then insert what is not. -#}
{% macro _update_and_insert(run) %}
    {%- set statements = [] -%}
    {%- set updates = headwater._updates(run, "dbt_internal_source") -%}
    {%- set condition = headwater._update_condition(updates, run.options.predicates) if updates -%}
    {%- for match in headwater.key_conditions(
        run.key, "dbt_internal_dest", "dbt_internal_source", run.counts.null_keys > 0
    ) if updates -%}
        {%- do statements.append(
            "update " ~ run.target ~ " as dbt_internal_dest\nset " ~ headwater._set_list(updates)
            ~ "\nfrom " ~ run.batch ~ " as dbt_internal_source\nwhere " ~ match
            ~ "\n    and " ~ condition
        ) -%}
    {%- endfor -%}
    {{ return(statements + headwater._insert_missing(run)) }}
{% endmacro %}
