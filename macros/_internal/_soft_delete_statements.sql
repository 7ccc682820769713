{#- Mark what the batch lacks, once, then upsert the rest, which unmarks what came back. -#}
{% macro _soft_delete_statements(run) %}
    {%- set is_deleted, deleted_at = headwater.get_quoted_identifiers(run.own) -%}
    {%- set live = is_deleted ~ " is not true" -%}
    {%- set statements = [] -%}
    {%- if headwater._deletes_missing(run, live) -%}
        {%- for condition in headwater._missing_conditions(
            run.key, "dbt_internal_dest", run.batch
        ) -%}
            {%- do statements.append(
                "update " ~ run.target ~ " as dbt_internal_dest\nset " ~ is_deleted ~ " = true, "
                ~ deleted_at ~ " = " ~ headwater.utc_now() ~ "\nwhere "
                ~ ([live, condition] + run.options.predicates) | join("\n    and ")
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(statements + headwater.upsert_statements(run)) }}
{% endmacro %}
