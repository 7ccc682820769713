{#-
    Adds the table in which cdc_apply keeps the keys of deleted rows, where people are known by a key: its rows go,
    since nothing of a tombstone can be emptied. Where rows are only redacted, it goes if a key is personal.
-#}
{% macro _stored_tombstones(found, node, table) %}
    {%- set name = headwater._side_name(table.relation.identifier, "_tombstones") -%}
    {%- set relation = adapter.get_relation(database=node.database, schema=node.schema, identifier=name) -%}
    {%- if relation is not none -%}
        {%- set keys, subject = [], {} -%}
        {%- for column in adapter.get_columns_in_relation(relation) -%}
            {%- do keys.append(headwater.folded_name(column.name)) -%}
        {%- endfor -%}
        {%- for identifier, column in table.erasure.subject.items() if headwater.folded_name(column) in keys -%}
            {%- do subject.update({identifier: column}) -%}
        {%- endfor -%}
        {%- set personal = table.columns.keys() | select("in", keys) | list -%}
        {%- if subject and (personal or table.erasure.rows == "delete") -%}
            {%- do found.update({relation.render(): dict(
                table, name=name, relation=relation, quarantine=none, is_rebuilt=false, columns={},
                erasure={"rows": "delete", "subject": subject}
            )}) -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
