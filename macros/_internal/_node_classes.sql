{#- What a node's meta declares of its columns by name (`pii: {email: email}`), by folded name. -#}
{% macro _node_classes(meta) %}
    {%- set said = {} -%}
    {%- set ours = meta.get("headwater") if meta.get("headwater") is mapping else {} -%}
    {%- for holder in [ours, meta] -%}
        {%- for key in headwater._pii_keys() if holder.get(key) is mapping and "class" not in holder[key] -%}
            {%- for name, value in holder[key].items() -%}
                {%- do said.update({headwater.folded_name(name): value}) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(said) }}
{% endmacro %}
