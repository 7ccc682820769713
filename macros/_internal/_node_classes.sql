{#- What a node's meta declares of its columns by name (`pii: {email: email}`), by folded name. -#}
{% macro _node_classes(meta) %}
    {%- set said = {} -%}
    {%- for place in [meta.get("headwater"), meta] if place is mapping -%}
        {%- for value in headwater._pii_values(place) if value is mapping and not headwater._is_pii_form(value) -%}
            {%- for name, word in value.items() -%}
                {%- do said.update({headwater.folded_name(name): word}) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(said) }}
{% endmacro %}
