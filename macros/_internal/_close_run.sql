{#- What dbt does after a table is written, to the commit; returns what a materialization returns. -#}
{% macro _close_run(run) %}
    {%- do headwater.drop_staged(run) -%}
    {%- do apply_grants(run.target, config.get("grants"), should_revoke=not run.is_created) -%}
    {%- do persist_docs(run.target, model) -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {%- do adapter.commit() -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({"relations": run.relations}) }}
{% endmacro %}
