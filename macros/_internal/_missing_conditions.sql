{#-
    Conditions that together find the rows of `alias` whose key no row of `other` has. `any_null` says
    whether there may be NULLs in the key.
-#}
{% macro _missing_conditions(key, alias, other, any_null=true) %}
    {%- set matches = headwater.key_conditions(key, alias, "headwater_other", any_null) -%}
    {%- set empty = [] -%}
    {%- for name in key -%}
        {%- do empty.append(headwater.column_reference(name, alias) ~ " is null") -%}
    {%- endfor -%}
    {%- set conditions = [] -%}
    {%- for match in matches -%}
        {%- set part = "(" ~ empty | join(" or ") ~ ")" -%}
        {%- set part = ("not " if loop.first else "") ~ part ~ " and " if matches | length > 1 else "" -%}
        {%- do conditions.append(
            part ~ "not exists (select 1 from " ~ other ~ " as headwater_other where " ~ match ~ ")"
        ) -%}
    {%- endfor -%}
    {{ return(conditions) }}
{% endmacro %}
