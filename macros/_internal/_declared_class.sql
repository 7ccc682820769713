{#-
    The class that a column declares, none when it declares nothing (_pii_said). Data that is declared to be
    pseudonymised already needs no mask, and counts as none.
-#}
{% macro _declared_class(column, where, node_said=none) %}
    {%- set classes = [] -%}
    {%- for each in headwater._pii_said(column, node_said)
        if each.level not in ["pseudonymised", "pseudonymized", "none"] -%}
        {%- for word in each.words -%}
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
