{#- Called hundreds of times by a model; plain and short names, as most are, need no check. -#}
{% macro quote_identifier(name) %}
    {%- set plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_" -%}
    {%- if name is not string or not name or name | length > 63 or name.strip(plain) -%}
        {%- do headwater._check_name("quote_identifier", "name", name) -%}
        {%- do headwater._check_length("quote_identifier", "name", name) -%}
    {%- endif -%}
    {{- adapter.dispatch("quoted_name", "headwater")(name) -}}
{% endmacro %}
