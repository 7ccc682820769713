{#- The relations that a view reads, as mappings of name, relation and readers; of ephemeral models theirs. -#}
{% macro _masked_bases(parents) %}
    {%- set bases = [] -%}
    {%- for id in parents -%}
        {%- set node = graph.nodes.get(id) or graph.sources.get(id) or {} -%}
        {%- set settings = node.get("config") or {} -%}
        {%- if settings.get("materialized") == "ephemeral" -%}
            {%- for base in headwater._masked_bases(node.depends_on.nodes) -%}
                {%- do bases.append(base) -%}
            {%- endfor -%}
        {%- elif node.get("relation_name") -%}
            {%- do bases.append({
                "name": node.name, "relation": node.relation_name,
                "readers": (settings.get("grants") or {}).get("select") or [],
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(bases) }}
{% endmacro %}
