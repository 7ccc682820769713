{#-
    The tables of the project that are there, each once though a seed and a source may be one: mappings of
    name, relation, quarantine (a relation or none), erasure, columns (see _personal_columns), is_personal (as a
    whole), is_rebuilt.
-#}
{% macro _stored_tables() %}
    {%- set found = {} -%}
    {%- for node in (graph.nodes.values() | list + graph.sources.values() | list) | sort(attribute="unique_id")
        if node.resource_type in ["model", "seed", "snapshot", "source"] -%}
        {%- set kind = (node.get("config") or {}).get("materialized") -%}
        {%- set relation = none if kind == "ephemeral" else adapter.get_relation(
            database=node.database, schema=node.schema, identifier=node.get("identifier") or node.alias
        ) -%}
        {%- if relation is not none and relation.type not in ["view", "materialized_view"] -%}
            {%- set key = relation.render() -%}
            {%- set table = found.get(key) or {
                "name": node.name, "relation": relation, "quarantine": none, "erasure": none, "columns": {},
                "is_rebuilt": true, "is_personal": false,
            } -%}
            {%- do table.columns.update(headwater._personal_columns(node)) -%}
            {%- set ours = headwater._meta_of(node).get("headwater") -%}
            {%- set name = ours.get("quarantine_table") if ours is mapping else none -%}
            {%- do table.update({
                "is_personal": table.is_personal or headwater._says_personal(node),
                "erasure": table.erasure or headwater._erasure(node),
                "is_rebuilt": table.is_rebuilt and node.resource_type == "model" and kind == "table",
                "quarantine": table.quarantine or (adapter.get_relation(
                    database=node.database, schema=node.schema,
                    identifier=name or headwater._side_name(relation.identifier, "_quarantine")
                ) if node.resource_type == "model" else none),
            }) -%}
            {%- do found.update({key: table}) -%}
            {#- A history keeps rows of the same columns beside it. -#}
            {%- set kept = adapter.get_relation(
                database=node.database, schema=node.schema, identifier=headwater._scd2_kept_name(relation)
            ) if kind == "scd2" else none -%}
            {%- if kept is not none -%}
                {%- do found.update({kept.render(): dict(
                    table, name=kept.identifier, relation=kept, quarantine=none, is_rebuilt=false
                )}) -%}
            {%- endif -%}
            {%- if kind == "cdc_apply" and table.erasure and table.erasure.rows != "keep" -%}
                {%- do headwater._stored_tombstones(found, node, table) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found.values() | list) }}
{% endmacro %}
