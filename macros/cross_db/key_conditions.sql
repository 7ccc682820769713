{% macro key_conditions(key, left, right, has_nulls=true) %}
    {{ return(adapter.dispatch("key_conditions", "headwater")(key, left, right, has_nulls)) }}
{% endmacro %}

{% macro default__key_conditions(key, left, right, has_nulls) %}
    {%- set parts = [] -%}
    {%- for name in key -%}
        {%- set column = headwater.quote_identifier(name) -%}
        {%- do parts.append(headwater.same_value(left ~ "." ~ column, right ~ "." ~ column)) -%}
    {%- endfor -%}
    {{ return([parts | join(" and ")]) }}
{% endmacro %}

{#
    Postgres joins by hash or index on `=` only. So rows without a NULL in the key are joined on `=`,
    and the others, usually few or none, as records, whose equality takes NULL for a value.
#}
{% macro postgres__key_conditions(key, left, right, has_nulls) %}
    {%- set equal, empty_left, empty_right = [], [], [] -%}
    {%- set lefts, rights = [], [] -%}
    {%- for name in key -%}
        {%- set column = headwater.quote_identifier(name) -%}
        {%- do lefts.append(left ~ "." ~ column) -%}
        {%- do rights.append(right ~ "." ~ column) -%}
        {%- do equal.append(lefts[-1] ~ " = " ~ rights[-1]) -%}
        {%- do empty_left.append(lefts[-1] ~ " is null") -%}
        {%- do empty_right.append(rights[-1] ~ " is null") -%}
    {%- endfor -%}
    {%- set conditions = [equal | join(" and ")] -%}
    {%- if has_nulls -%}
        {%- do conditions.append(
            "(" ~ empty_left | join(" or ") ~ ") and (" ~ empty_right | join(" or ") ~ ")"
            ~ " and cast(row(" ~ lefts | join(", ") ~ ") as record)"
            ~ " = cast(row(" ~ rights | join(", ") ~ ") as record)"
        ) -%}
    {%- endif -%}
    {{ return(conditions) }}
{% endmacro %}

{# dbt-redshift inherits from Postgres, and Redshift has no records. #}
{% macro redshift__key_conditions(key, left, right, has_nulls) %}
    {{ return(headwater.default__key_conditions(key, left, right, has_nulls)) }}
{% endmacro %}
