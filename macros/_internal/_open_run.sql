{#-
    Everything before the model's own SQL: options, hooks, the start of the transaction, the lock and
    what the warehouse says of the target. A mapping that the steps of a run read and extend:

    macro, options, key, target, facts (empty without a table), own (columns that the materialization
    itself keeps), is_partial (--empty or --sample: absent rows mean nothing), is_rebuild.
-#}
{% macro _open_run(macro, options, own=[], needs_key=true) %}
    {%- set target = this.incorporate(type="table") -%}
    {%- if needs_key and not options.unique_key -%}
        {{ headwater._raise_argument(
            macro, "unique_key", "a list of column names, such as ['order_id']", "none"
        ) }}
    {%- endif -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- set lock = headwater.lock_statement(target.render(), wait=options.lock == "wait") -%}
    {%- set run = {
        "macro": macro, "options": options, "key": options.unique_key, "target": target,
        "facts": headwater.relation_facts(
            target, before=none if options.lock == "none" else lock
        ),
        "own": own, "is_partial": headwater._is_partial(), "is_rebuild": should_full_refresh(),
        "relations": [target],
    } -%}
    {%- if run.facts and run.is_rebuild and "view" in run.facts.kind -%}
        {%- do headwater._drop_view(run) -%}
    {%- elif run.facts -%} {%- do headwater._check_target(run) -%}
    {%- endif -%}
    {%- if pre_hooks | selectattr("transaction", "equalto", true) | list -%}
        {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
        {%- do run.update({"facts": headwater.relation_facts(target)}) -%}
    {%- endif -%}
    {{ return(run) }}
{% endmacro %}
