{% macro delete_statements(run) %}
    {{ return(adapter.dispatch("delete_statements", "headwater")(run)) }}
{% endmacro %}

{% macro default__delete_statements(run) %}
    {%- set match = headwater.key_conditions(run.key, "dbt_internal_dest", "dbt_internal_source") -%}
    {%- set statement -%}
        delete from {{ run.target }} as dbt_internal_dest
        where exists (
            select 1
            from {{ run.batch }} as dbt_internal_source
            where {{ match[0] }}
                {%- for predicate in run.options.predicates %} and ({{ predicate }}) {%- endfor %}
        )
    {%- endset -%}
    {{ return([statement]) }}
{% endmacro %}

{% macro postgres__delete_statements(run) %}
    {%- set statements = [] -%}
    {%- for match in headwater.key_conditions(
        run.key, "dbt_internal_dest", "dbt_internal_source", run.counts.null_keys > 0
    ) -%}
        {%- set conditions = ["(" ~ match ~ ")"] -%}
        {%- for predicate in run.options.predicates -%}
            {%- do conditions.append("(" ~ predicate ~ ")") -%}
        {%- endfor -%}
        {%- do statements.append(
            "delete from " ~ run.target ~ " as dbt_internal_dest\nusing " ~ run.batch
            ~ " as dbt_internal_source\nwhere " ~ conditions | join("\n    and ")
        ) -%}
    {%- endfor -%}
    {{ return(statements) }}
{% endmacro %}

{# No alias on the table that is deleted from. #}
{% macro redshift__delete_statements(run) %}
    {%- set match = headwater.key_conditions(run.key, run.target | string, "dbt_internal_source") -%}
    {{ return([
        "delete from " ~ run.target ~ " using " ~ run.batch ~ " as dbt_internal_source where "
        ~ match[0]
    ]) }}
{% endmacro %}
