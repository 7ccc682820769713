{#- The option `incremental_predicates` as a list; each stands on its own, whatever is in it. -#}
{% macro _predicates(macro, given) %}
    {%- set predicates = [] -%}
    {%- set expected = "a list of SQL conditions, such as ['DBT_INTERNAL_DEST.amount < 5']" -%}
    {%- if given is number or given is boolean or given is mapping -%}
        {{ headwater._raise_argument(
            macro, "incremental_predicates", expected, headwater._describe(given)
        ) }}
    {%- endif -%}
    {%- for predicate in ([given] if given is string else given or []) -%}
        {%- if predicate is not string or not predicate | trim -%}
            {{ headwater._raise_argument(
                macro, "incremental_predicates", expected,
                headwater._describe(predicate) ~ " at position " ~ loop.index
            ) }}
        {%- endif -%}
        {%- do predicates.append("(" ~ predicate ~ ")") -%}
    {%- endfor -%}
    {{ return(predicates) }}
{% endmacro %}
