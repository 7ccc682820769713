{#- A text that names, each behind a blank, the conditions that are true: pairs of a name and SQL. -#}
{% macro _list_of_true(conditions) %}
    {%- set parts = [] -%}
    {%- for name, condition in conditions -%}
        {%- do parts.append(
            "case when " ~ condition ~ " then ' " ~ name | replace("'", "''") ~ "' else '' end"
        ) -%}
    {%- endfor -%}
    {{ return("ltrim(" ~ parts | join(" || ") ~ ")" if parts else "''") }}
{% endmacro %}
