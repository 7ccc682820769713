{#- The classes that a model's parents declare for their columns, by folded name. -#}
{% macro _classes_of_parents(parents) %}
    {%- set classes = {} -%}
    {%- for id in parents -%}
        {%- set node = graph.nodes.get(id) or graph.sources.get(id) or {} -%}
        {%- for name, column in (node.get("columns") or {}).items() -%}
            {%- set class = headwater._declared_class(column, node.name ~ "." ~ name ~ ".pii") -%}
            {%- if class and class != "none" -%}
                {%- do classes.update({
                    headwater.folded_name(name): {"class": class, "origin": "in " ~ node.name}
                }) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(classes) }}
{% endmacro %}
