{#-
    The class that a column declares in its config: meta `pii` (a class, true, or a mapping with
    `class`), or a tag such as `pii:email`; none when it declares nothing.
-#}
{% macro _declared_class(column, where) %}
    {%- set meta = {} -%}
    {%- do meta.update(column.get("meta") or {}) -%}
    {%- do meta.update((column.get("config") or {}).get("meta") or {}) -%}
    {%- set ours = meta.get("headwater") if meta.get("headwater") is mapping else {} -%}
    {%- set classes = [] -%}
    {%- for holder in [ours, meta] -%}
        {%- for name in ["pii", "personal", "personal_data"] if holder.get(name) is not none -%}
            {%- set given = holder[name] -%}
            {%- set given = given.get("class", true) if given is mapping else given -%}
            {%- set words = [given] if given is string or given is not iterable else given -%}
            {%- for word in words -%}
                {%- do classes.append(headwater._pii_class(where, word)) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for tag in (column.get("tags") or []) + ((column.get("config") or {}).get("tags") or []) -%}
        {%- set parts = (tag | string | lower).replace("=", ":").split(":") -%}
        {%- if parts[0] in ["pii", "personal", "personal_data"] -%}
            {%- do classes.append(
                headwater._pii_class(where, parts[1]) if parts | length > 1 else "personal"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if "none" in classes and classes | unique | list | length > 1 -%}
        {{ headwater._raise_argument(
            "masked_view", where, "one declaration", "'none' and '" ~
            classes | reject("equalto", "none") | first ~ "'"
        ) }}
    {%- endif -%}
    {%- set named = classes | reject("equalto", "personal") | list -%}
    {{ return(named[0] if named else (classes[0] if classes else none)) }}
{% endmacro %}
