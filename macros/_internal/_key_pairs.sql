{#- A key as pairs of names, one of each side: a list where both sides agree, else a mapping. -#}
{% macro _key_pairs(macro, key) %}
    {%- set names = key -%}
    {%- if key is mapping -%} {%- set names = key.keys() | list -%} {%- endif -%}
    {%- do headwater._check_column_list(macro, "key", names) -%}
    {%- set pairs = [] -%}
    {%- for name in names -%}
        {%- set other = key[name] if key is mapping else name -%}
        {%- do headwater._check_name(macro, "key", other) -%}
        {%- do pairs.append([name, other]) -%}
    {%- endfor -%}
    {{ return(pairs) }}
{% endmacro %}
