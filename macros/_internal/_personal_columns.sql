{#-
    The columns that a node declares to be personal, by folded name: mappings of `name`, `to` (what is left
    after an erasure: none for NULL, 'keep', or a text) and `tokens` (the domain of the vault).
-#}
{% macro _personal_columns(node) %}
    {%- set found, said = {}, headwater._node_classes(headwater._meta_of(node)) -%}
    {%- set columns = {} -%}
    {%- for name in said -%} {%- do columns.update({name: {"name": name}}) -%} {%- endfor -%}
    {%- for name, column in (node.get("columns") or {}).items() -%}
        {%- do columns.update({headwater.folded_name(name): column}) -%}
    {%- endfor -%}
    {%- for key, column in columns.items() -%}
        {%- set meta = headwater._meta_of(column) -%}
        {%- set ours = meta.get("headwater") if meta.get("headwater") is mapping else {} -%}
        {%- set is_personal = headwater._says_personal(column, said.get(key)) -%}
        {%- set own, domain = ours.get("erasure"), ours.get("tokens") -%}
        {%- if own is not none and own is not string -%}
            {{ headwater._raise_argument(
                "erase_subject", node.name ~ "." ~ column.name ~ ".erasure",
                "'keep', or a text that is put in place of the value", headwater._describe(own)
            ) }}
        {%- endif -%}
        {%- if domain is not none -%}
            {%- do headwater._check_domain("erase_subject", domain) -%}
        {%- endif -%}
        {%- if is_personal or own is not none or domain is not none -%}
            {%- do found.update({key: {
                "name": column.name, "tokens": domain,
                "to": own if own is not none or is_personal else "keep",
            }}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
