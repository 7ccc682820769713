{% macro whole_order(items, total, nulls) %}
    {{ return(adapter.dispatch("whole_order", "headwater")(items, total, nulls)) }}
{% endmacro %}

{% macro default__whole_order(items, total, nulls) %}
    {%- set terms = [] -%}
    {%- for item in items -%}
        {%- do terms.append(headwater.sort_term(item.value, item.is_descending, nulls)) -%}
    {%- endfor -%}
    {{ return(terms + total) }}
{% endmacro %}

{#
    Numbering rows by one term and keeping the first becomes an aggregate there, which sorts nothing;
    by several terms it is a sort of whole rows. So the terms become one row value, in which NULL is
    the greatest, and one hash stands for the values that only break ties: two different rows that tie
    have the same hash once in 2^64 times.
#}
{% macro duckdb__whole_order(items, total, nulls) %}
    {%- set hash = ["hash(" ~ total | join(", ") ~ ")"] if total else [] -%}
    {%- set directions = items | map(attribute="is_descending") | unique | list -%}
    {%- if not items -%} {{ return(hash or ["1"]) }}
    {%- elif directions | length > 1 -%}
        {{ return(headwater.default__whole_order(items, hash, nulls)) }}
    {%- endif -%}
    {%- set values = [] -%}
    {%- for item in items -%}
        {%- if (nulls == "last") == directions[0] -%}
            {%- do values.append(item.value ~ " is not null") -%}
        {%- endif -%}
        {%- do values.append(item.value) -%}
    {%- endfor -%}
    {{ return(["row(" ~ (values + hash) | join(", ") ~ ")" ~ (" desc" if directions[0] else "")]) }}
{% endmacro %}
