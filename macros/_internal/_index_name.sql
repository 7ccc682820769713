{#- A name made of the definition: the same index has the same name in every run. -#}
{% macro _index_name(index, target=none) %}
    {%- set said = [target, index.columns, index.unique, index.method, index.nulls_not_distinct] -%}
    {{ return("hw_" ~ local_md5(said | join("|"))[:28]) }}
{% endmacro %}
