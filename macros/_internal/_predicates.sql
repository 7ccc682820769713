{#- The option `incremental_predicates` as a list; each stands on its own, whatever is in it. -#}
{% macro _predicates(given) %}
    {%- set predicates = [] -%}
    {%- for predicate in ([given] if given is string else given or []) -%}
        {%- do predicates.append("(" ~ predicate ~ ")") -%}
    {%- endfor -%}
    {{ return(predicates) }}
{% endmacro %}
