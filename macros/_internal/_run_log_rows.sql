{#-
    The rows of one invocation, by table: lists of mappings from column to value. Results of hooks and
    operations are left out: they are no nodes.
-#}
{% macro _run_log_rows(results, settings) %}
    {%- set rows = {"invocations": [], "nodes": [], "tests": [], "sources": []} -%}
    {%- for result in results if result.node -%}
        {%- set kind = result.node.resource_type | string -%}
        {#- Most messages are those of other nodes, too, and to look for secrets takes time. -#}
        {%- if result.message not in settings.said -%}
            {%- do settings.said.update({
                result.message: headwater._redacted(result.message, settings.secrets)
            }) -%}
        {%- endif -%}
        {%- if kind == "source" -%}
            {%- do rows.sources.append(headwater._run_log_source(result, settings)) -%}
        {%- elif kind in ["test", "unit_test"] -%}
            {%- do rows.tests.append(headwater._run_log_test(result, settings)) -%}
        {%- elif kind != "operation" -%}
            {%- do rows.nodes.append(headwater._run_log_node(result, settings)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do rows.invocations.append(headwater._run_log_invocation(rows, settings)) -%}
    {{ return(rows) }}
{% endmacro %}
