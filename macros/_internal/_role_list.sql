{#- A list of roles; one may stand alone. -#}
{% macro _role_list(argument, value) %}
    {%- set roles = [value] if value is string and value | trim else value -%}
    {%- if roles is string or roles is mapping or roles is not iterable -%}
        {{ headwater._raise_argument(
            "masked_view", argument, "a list of roles, such as ['privacy_officer']", headwater._describe(value)
        ) }}
    {%- endif -%}
    {{ return(roles | list) }}
{% endmacro %}
