{#-
    The run of a strategy: dbt's own `incremental` has staged the batch and fitted the columns; what it
    leaves undone (lock, null keys, duplicates, statistics, index) is done here.
-#}
{% macro _strategy_run(macro, arguments, more_options=[], needs_key=true, index_key=false, own=[]) %}
    {%- set options = headwater._incremental_options(macro, more_options) -%}
    {%- if arguments.incremental_predicates -%}
        {%- do options.update({
            "predicates": headwater._predicates(macro, arguments.incremental_predicates)
        }) -%}
    {%- endif -%}
    {%- if needs_key and not options.unique_key -%}
        {{ headwater._raise_argument(
            macro, "unique_key", "a list of column names, such as ['order_id']", "none"
        ) }}
    {%- endif -%}
    {%- set target = arguments.target_relation -%}
    {%- set lock = headwater.lock_statement(target.render(), wait=options.lock == "wait") -%}
    {%- set run = {
        "macro": macro, "options": options, "key": options.unique_key, "target": target,
        "facts": headwater.relation_facts(
            target, before=none if options.lock == "none" else lock
        ),
        "batch": arguments.temp_relation,
        "batch_facts": headwater.relation_facts(arguments.temp_relation),
        "own": own, "staged": [], "is_partial": headwater._is_partial(), "is_rebuild": false, "relations": [],
    } -%}
    {%- do headwater._check_target(run) -%}
    {%- do headwater._check_batch(run) -%}
    {%- do headwater._check_columns_exist(
        macro, "deleted_column", own, run.batch_facts.columns | map(attribute="name") | list
    ) -%}
    {%- do headwater._fit_columns(run) -%}
    {%- do headwater.fit_indexes(run, run.key if index_key else []) -%}
    {{ return(run) }}
{% endmacro %}
