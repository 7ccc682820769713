{#-
    The class that a column declares, none when it declares nothing: in its own meta or tags, or in those
    that its node has for it (`node_said`, see _node_classes). Data that is declared to be pseudonymised
    already needs no mask, and counts as none.
-#}
{% macro _declared_class(column, where, node_said=none) %}
    {%- set meta = {} -%}
    {%- do meta.update(column.get("meta") or {}) -%}
    {%- do meta.update((column.get("config") or {}).get("meta") or {}) -%}
    {%- set ours = meta.get("headwater") if meta.get("headwater") is mapping else {} -%}
    {%- set given, classes = [], [] -%}
    {%- for holder in [ours, meta] -%}
        {%- for name in headwater._pii_keys() if holder.get(name) is not none -%}
            {%- do given.append(holder[name]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if node_said is not none -%} {%- do given.append(node_said) -%} {%- endif -%}
    {%- for tag in (column.get("tags") or []) + ((column.get("config") or {}).get("tags") or []) -%}
        {%- set parts = (tag | string | lower).replace("=", ":").split(":") -%}
        {%- if parts[0] in ["pii", "personal", "personal_data"] -%}
            {%- do given.append(parts[1] if parts | length > 1 else true) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for value in given -%}
        {%- set level = value.get("level") if value is mapping else none -%}
        {%- set class = value.get("class", true) if value is mapping else value -%}
        {%- set words = [class] if class is string or class is not iterable else class -%}
        {%- for word in words if level not in ["pseudonymised", "pseudonymized", "none"] -%}
            {%- do classes.append(headwater._pii_class(where, word)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set named = classes | reject("equalto", "none") | list -%}
    {%- if named and named | length < classes | length -%}
        {{ headwater._raise_argument(
            "masked_view", where, "one declaration", "'none' and '" ~ named[0] ~ "'"
        ) }}
    {%- endif -%}
    {%- set exact = named | reject("equalto", "personal") | list -%}
    {{ return((exact + named + classes)[0] if classes else none) }}
{% endmacro %}
