{#-
    Whether the query's rows are staged whole. They are where absent rows mean something, or where rows must
    be looked at that make no news; else the query is read once, beside the history.
-#}
{% macro _scd2_needs_batch(run) %}
    {%- set options = run.options -%}
    {%- if options.deletes == "from_missing" -%} {{ return(true) }} {%- endif -%}
    {{ return(options.is_clocked and (
        run.is_fresh or run.unseen or options.on_duplicate_key == "dedup"
        or options.on_null_key == "quarantine"
    )) }}
{% endmacro %}
