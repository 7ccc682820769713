{#-
    The statements of an erasure, as two lists: on our own tables (who may not come back, the log, the vault),
    and on the project's.
-#}
{% macro _erasure_statements(plan) %}
    {%- set statements = headwater._erasure_tables() -%}
    {%- set subjects, noted = headwater._masking_table("erased_subjects"), headwater._masking_table("erasure_log") -%}
    {%- set stamp = headwater.utc_now() -%}
    {%- for identifier in plan.identifiers -%}
        {%- set hash = headwater.hash_pii("headwater_value", domain="erased." ~ identifier) -%}
        {%- do statements.append(
            "insert into " ~ subjects ~ " (identifier, subject_hash, erased_at) select headwater_identifier, " ~ hash
            ~ ", " ~ stamp ~ " from headwater_subject where headwater_identifier = '" ~ identifier
            ~ "' on conflict do nothing"
        ) -%}
    {%- endfor -%}
    {%- for table in plan.tables -%}
        {%- do statements.append(
            "insert into " ~ noted ~ " (erased_at, invocation_id, relation_name, action, row_count) select " ~ stamp
            ~ ", '" ~ invocation_id ~ "', " ~ headwater._literal(table.relation.render()) ~ ", '" ~ table.action
            ~ "', count(*) from " ~ table.relation ~ " where " ~ table.condition
        ) -%}
    {%- endfor -%}
    {%- for statement in plan.tokens -%} {%- do statements.append(statement) -%} {%- endfor -%}
    {{ return([statements, plan.tables | map(attribute="statement") | list]) }}
{% endmacro %}
