{#- Nothing, or an error unless a column, if it is known, is of a type whose values can be compared. -#}
{% macro _check_comparable(macro, argument, name, known) %}
    {%- set found = headwater._known_column(name, known) -%}
    {%- if found is not none and not found.sorts -%}
        {{ headwater._raise_argument(
            macro, argument, "a column whose values can be compared",
            "'" ~ name ~ "' of type " ~ found.type
        ) }}
    {%- endif -%}
{% endmacro %}
