{#- An option that is a number from 0 to 1. -#}
{% macro _ratio_option(macro, name, default=1) %}
    {%- set ratio = headwater._option(name, default) -%}
    {%- if ratio is not number or ratio is boolean or ratio < 0 or ratio > 1 -%}
        {{ headwater._raise_argument(
            macro, name, "a number from 0 to 1", headwater._describe(ratio)
        ) }}
    {%- endif -%}
    {{ return(ratio) }}
{% endmacro %}
