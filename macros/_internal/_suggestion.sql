{#- "did you mean …?", or none: the choice that shares most letter pairs with what was written. -#}
{% macro _suggestion(word, choices, least=0.49) %}
    {%- set best = namespace(score=least, choice=none) -%}
    {%- for choice in choices -%}
        {%- set one, other = word | lower, choice | lower -%}
        {%- set pairs = [] -%}
        {%- for place in range(one | length - 1) if one[place : place + 2] in other -%}
            {%- do pairs.append(place) -%}
        {%- endfor -%}
        {%- set longer = [one | length, other | length, 2] | max - 1 -%}
        {%- set score = 1.0 if one == other else pairs | length / longer -%}
        {%- if score > best.score -%}
            {%- set best.score = score -%} {%- set best.choice = choice -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return("did you mean '" ~ best.choice ~ "'?" if best.choice else none) }}
{% endmacro %}
