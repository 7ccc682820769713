{#-
    Whether a column or a node says that it holds personal data, in its meta, its tags, or (`said`) in what
    its node's meta says of it.
-#}
{% macro _says_personal(holder, said=none) %}
    {%- set meta = headwater._meta_of(holder) -%}
    {%- set ours = meta.get("headwater") if meta.get("headwater") is mapping else {} -%}
    {%- set words = [] if said is none else [said] -%}
    {%- for place in [ours, meta] -%}
        {%- for name in headwater._pii_keys() if place.get(name) is not none -%}
            {%- do words.append(place[name]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for tag in (holder.get("tags") or []) + ((holder.get("config") or {}).get("tags") or []) -%}
        {%- set parts = (tag | string | lower).replace("=", ":").split(":") -%}
        {%- if parts[0] in ["pii", "personal", "personal_data"] -%}
            {%- do words.append(parts[1] if parts | length > 1 else true) -%}
        {%- endif -%}
    {%- endfor -%}
    {#- A mapping without a class names columns. -#}
    {%- for word in words if word is not mapping or "class" in word or "level" in word -%}
        {%- set class = word.get("class", true) if word is mapping else word -%}
        {%- set level = word.get("level") if word is mapping else none -%}
        {%- if level != "none" and class | string | lower not in ["none", "no", "false"] -%}
            {{ return(true) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(false) }}
{% endmacro %}
