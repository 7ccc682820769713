{% materialization masked_view, default %}
    {%- set options = headwater._masked_view_options() -%}
    {%- set target_view = this.incorporate(type="view") -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- set run = {
        "macro": "masked_view", "options": options, "target": target_view,
        "facts": headwater.relation_facts(
            target_view, before=headwater.lock_statement(target_view.render())
        ),
    } -%}
    {%- if run.facts and run.facts.kind != "view" -%}
        {%- do headwater._make_room_for_view(run) -%}
    {%- endif -%}
    {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
    {%- set policies = headwater._mask_policies(sql, options) -%}
    {%- do headwater._check_roles("masked_view", "roles", headwater._policy_roles(policies, options)) -%}
    {%- set bases = headwater._masked_bases(model.depends_on.nodes) if options.revoke_base else [] -%}
    {%- do headwater._check_base_grants(bases, options) -%}
    {%- do run.update({"select": headwater._masked_select(sql, policies), "bases": bases}) -%}
    {%- do headwater.create_masked_view(run) -%}
    {%- do apply_grants(target_view, config.get("grants"), should_revoke=false) -%}
    {%- do headwater.close_bases(run) -%}
    {%- do persist_docs(target_view, model) -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {%- do adapter.commit() -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({"relations": [target_view]}) }}
{% endmaterialization %}
