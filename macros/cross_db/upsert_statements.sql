{% macro upsert_statements(run) %}
    {{ return(adapter.dispatch("upsert_statements", "headwater")(run)) }}
{% endmacro %}

{% macro default__upsert_statements(run) %}
    {%- set updates = headwater._updates(run, "dbt_internal_source") -%}
    {%- set match = headwater.key_conditions(run.key, "dbt_internal_dest", "dbt_internal_source") -%}
    {%- set names = headwater.get_quoted_identifiers(run.columns) -%}
    {%- set statement -%}
        merge into {{ run.target }} as dbt_internal_dest
        using {{ run.batch }} as dbt_internal_source
        on {{ match[0] }}
        {%- if updates %}
        when matched and {{ headwater._update_condition(updates, run.options.predicates) }}
        then update set {{ headwater._set_list(updates) }}
        {%- endif %}
        when not matched then insert ({{ names | join(", ") }})
        values (
            {{- headwater.get_quoted_identifiers(run.columns, "dbt_internal_source") | join(", ") -}}
        )
    {%- endset -%}
    {{ return([statement]) }}
{% endmacro %}

{#
    `on conflict` looks each key up in the unique index and never reads the table. Before version 15
    an index can't hold NULL for a value.
#}
{% macro postgres__upsert_statements(run) %}
    {%- if run.facts.version < 150000 and run.counts.null_keys -%}
        {{ return(headwater._update_and_insert(run)) }}
    {%- endif -%}
    {%- set updates = headwater._updates(run, "excluded") -%}
    {%- set predicates = [] -%}
    {%- for predicate in run.options.predicates -%}
        {%- do predicates.append(
            modules.re.sub("(?i)\\bdbt_internal_source\\b", "excluded", predicate)
        ) -%}
    {%- endfor -%}
    {%- set statement -%}
        {{ headwater._insert_rows(run, "dbt_internal_dest") }}
        where true
        on conflict ({{ headwater.get_quoted_identifiers(run.key) | join(", ") }})
        {%- if updates %}
        do update set {{ headwater._set_list(updates) }}
        where {{ headwater._update_condition(updates, predicates) }}
        {%- else %} do nothing
        {%- endif %}
    {%- endset -%}
    {{ return([statement]) }}
{% endmacro %}

{#
    Its `merge` changes columns in place, many times slower than rows are deleted and inserted. Only a
    unique index minds that, which refuses a key that was deleted in the same transaction.
#}
{% macro duckdb__upsert_statements(run) %}
    {%- set is_unique = config.get("indexes") or (config.get("contract") or {}).enforced -%}
    {%- if is_unique -%} {{ return(headwater.default__upsert_statements(run)) }} {%- endif -%}
    {{ return(headwater._replace_differing(run)) }}
{% endmacro %}

{% macro redshift__upsert_statements(run) %}
    {{ return(headwater._update_and_insert(run)) }}
{% endmacro %}
