{#- Delete what the batch lacks, then upsert the rest. -#}
{% macro _full_diff_statements(run) %}
    {%- set statements = [] -%}
    {%- if headwater._deletes_missing(run) -%}
        {%- for condition in headwater._missing_conditions(
            run.key, "dbt_internal_dest", run.batch
        ) -%}
            {%- do statements.append(
                "delete from " ~ run.target ~ " as dbt_internal_dest\nwhere "
                ~ ([condition] + run.options.predicates) | join("\n    and ")
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(statements + headwater.upsert_statements(run)) }}
{% endmacro %}
