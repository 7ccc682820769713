{#-
    Counts the surplus rows, or stages and deletes them batch by batch and commits, and says so. `sql`
    holds the engine's statements.
-#}
{% macro _delete_batches(relation, dry_run, batch_size, sql) %}
    {%- if dry_run -%}
        {%- set surplus = run_query(sql["count"]).rows[0][0] -%}
        {%- do log(
            "headwater.dedup_delete(): " ~ surplus ~ " surplus rows in " ~ relation
            ~ "; nothing deleted (dry_run)", info=true
        ) -%}
        {{ return(none) }}
    {%- endif -%}
    {%- do run_query(sql.stage) -%}
    {%- set surplus = run_query("select count(*) from headwater_surplus").rows[0][0] | int -%}
    {%- set batches = (surplus + batch_size - 1) // batch_size -%}
    {%- set deleted = [] -%}
    {%- for batch in range(batches) -%}
        {%- do deleted.append(run_query(sql.delete ~ batch ~ sql.delete_end).rows[0][0] | int) -%}
    {%- endfor -%}
    {%- do run_query(sql["drop"]) -%}
    {%- do run_query("commit") -%}
    {%- do log(
        "headwater.dedup_delete(): " ~ deleted | sum ~ " surplus rows deleted from " ~ relation ~ " in "
        ~ batches ~ " batches"
        ~ (" (of " ~ surplus ~ "; a trigger, a policy or a cascade saw to the others)"
            if deleted | sum != surplus else ""), info=true
    ) -%}
{% endmacro %}
