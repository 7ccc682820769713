{#- The names of the four columns of time of a bitemporal table, quoted. -#}
{% macro _bitemporal_names(macro, column_names) %}
    {%- set names = {
        "valid_from": "valid_from", "valid_to": "valid_to",
        "system_from": "system_from", "system_to": "system_to",
    } -%}
    {%- if column_names is not mapping -%}
        {{ headwater._raise_argument(
            macro, "column_names", "a mapping such as {'system_from': 'known_from'}",
            headwater._describe(column_names)
        ) }}
    {%- endif -%}
    {%- for name, given in column_names.items() -%}
        {%- do headwater._check_choice(macro, "column_names", name, names.keys() | list) -%}
        {%- do headwater._check_name(macro, "column_names", given) -%}
        {%- do names.update({name: given}) -%}
    {%- endfor -%}
    {%- set quoted = {} -%}
    {%- for name, given in names.items() -%}
        {%- do quoted.update({name: headwater.quote_identifier(given)}) -%}
    {%- endfor -%}
    {{ return(quoted) }}
{% endmacro %}
