{#- The classes that a model's parents declare for their columns, by folded name. -#}
{% macro _classes_of_parents(parents) %}
    {%- set classes = {} -%}
    {%- for id in parents -%}
        {%- set node = graph.nodes.get(id) or graph.sources.get(id) or {} -%}
        {%- set said = headwater._node_classes(headwater._meta_of(node)) -%}
        {%- set columns = {} -%}
        {%- for name in said -%} {%- do columns.update({name: {}}) -%} {%- endfor -%}
        {%- for name, column in (node.get("columns") or {}).items() -%}
            {%- do columns.update({headwater.folded_name(name): column}) -%}
        {%- endfor -%}
        {%- for name, column in columns.items() -%}
            {%- set class = headwater._declared_class(column, node.name ~ "." ~ name ~ ".pii", said.get(name)) -%}
            {%- if class and class != "none" -%}
                {%- do classes.update({name: {"class": class, "origin": "in " ~ node.name}}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(classes) }}
{% endmacro %}
