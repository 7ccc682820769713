{#- Whether a matched row is to be written: something differs, and the predicates hold. -#}
{% macro _update_condition(updates, predicates) %}
    {%- set pairs = [] -%}
    {%- for update in updates -%}
        {%- do pairs.append([update.old, update.new, update.is_exact]) -%}
    {%- endfor -%}
    {%- set conditions = [headwater.values_differ(pairs)] -%}
    {%- for predicate in predicates -%}
        {%- do conditions.append("(" ~ predicate ~ ")") -%}
    {%- endfor -%}
    {{ return(conditions | join("\n    and ")) }}
{% endmacro %}
