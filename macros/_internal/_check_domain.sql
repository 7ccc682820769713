{#- Nothing, or an error unless `domain` may name the values that are masked alike. -#}
{% macro _check_domain(macro, domain, argument="domain") %}
    {%- if domain is not string or not modules.re.fullmatch("[a-z][a-z0-9_.-]{0,62}", domain) -%}
        {{ headwater._raise_argument(
            macro, argument, "a word of lower-case letters, digits, '_', '.' and '-'",
            headwater._describe(domain)
        ) }}
    {%- endif -%}
{% endmacro %}
