{#- Whether a mapping in a node's meta says something of the node; any other names its columns. -#}
{% macro _is_pii_form(value) %}
    {%- set keys = headwater._pii_form_keys() -%}
    {{ return(value.keys() | reject("in", keys["class"] + keys.level + keys.other) | list | length == 0) }}
{% endmacro %}
