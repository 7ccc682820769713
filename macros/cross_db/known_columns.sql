{% macro known_columns(relation) %}
    {{ return(adapter.dispatch("known_columns", "headwater")(relation)) }}
{% endmacro %}

{% macro default__known_columns(relation) %}
    {%- set known = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do known.append(
            {
                "name": column.name, "type": column.data_type | lower, "sorts": true,
                "written": column.data_type,
            }
        ) -%}
    {%- endfor -%}
    {{ return(known) }}
{% endmacro %}

{# Whether a type of somebody's own sorts, and of what an array is made, the catalog knows. #}
{% macro postgres__known_columns(relation) %}
    {%- set known = [] -%}
    {%- for column in headwater.relation_facts(relation).columns or [] -%}
        {%- do known.append(
            {"name": column.name, "type": column.type, "sorts": column.is_comparable}
        ) -%}
    {%- endfor -%}
    {{ return(known) }}
{% endmacro %}

{% macro redshift__known_columns(relation) %}
    {{ return(headwater.default__known_columns(relation)) }}
{% endmacro %}
