{#-
    What a column or a node says of personal data: in its meta, in its tags, or in what its node's meta says of
    the column (`said`, see _node_classes). A list of mappings: `words` (classes, or true) and `level`. A
    mapping in a node's meta that names columns says nothing of the node.
-#}
{% macro _pii_said(holder, said=none) %}
    {%- set values, found, meta = [], [], headwater._meta_of(holder) -%}
    {%- for place in [meta.get("headwater"), meta] if place is mapping -%}
        {%- for value in headwater._pii_values(place) -%}
            {%- if not holder.get("resource_type") or value is not mapping or headwater._is_pii_form(value) -%}
                {%- do values.append(value) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if said is not none -%} {%- do values.append(said) -%} {%- endif -%}
    {%- for tag in headwater._tags_of(holder) -%}
        {%- set word = modules.re.fullmatch(
            "(?i)(no[nt]?[_\\-. ]?)?(?:contains[_\\-. ]pii|pii|personal(?:[_\\-. ]data)?)(?:[:_\\-.=/ ]+(.+))?",
            tag | string | trim
        ) -%}
        {%- if word -%}
            {%- do values.append("none" if word.group(1) else word.group(2) or true) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for value in values -%}
        {%- set form, keys = value if value is mapping else {}, headwater._pii_form_keys() -%}
        {%- set names, levels = keys["class"] | select("in", form) | list, keys.level | select("in", form) | list -%}
        {%- set class = value if value is not mapping else form[names[0]] if names else true -%}
        {%- do found.append({
            "words": [class] if class is string or class is not iterable else class | list,
            "level": (form[levels[0]] if levels else "") | string | lower,
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
