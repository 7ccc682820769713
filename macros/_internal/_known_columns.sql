{#-
    The columns of a relation as mappings of name, type and sorts; none while dbt parses, of a CTE, a
    select or a relation that is not there.
-#}
{% macro _known_columns(relation) %}
    {%- if relation is string or not execute or relation.is_cte -%} {{ return([]) }} {%- endif -%}
    {{ return(headwater.known_columns(relation)) }}
{% endmacro %}
