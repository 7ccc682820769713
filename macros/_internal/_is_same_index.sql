{#- Whether an index of the table does what a wanted one would do. -#}
{% macro _is_same_index(target, wanted, index) %}
    {%- set is_expression = "" in index.columns -%}
    {%- if is_expression or not index.usable -%}
        {{ return(index.name == headwater._index_name(wanted, target) and index.usable) }}
    {%- endif -%}
    {{ return(
        index.columns == wanted.columns
        and index.unique == wanted.unique
        and index.method == wanted.method
        and (index.nulls_not_distinct == wanted.nulls_not_distinct or index.is_constraint)
    ) }}
{% endmacro %}
