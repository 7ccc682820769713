{#- Called hundreds of times by a model; plain and short names, as most are, need no check. -#}
{% macro quote_identifier(name) %}
    {%- set plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_" -%}
    {%- if name is not string or not name or name | length > 63 or name.strip(plain) -%}
        {%- do headwater._check_name("quote_identifier", "name", name) -%}
        {%- set limit = headwater.identifier_limit() | int -%}
        {%- set length = headwater._utf8_length(name) | int -%}
        {%- if limit and length > limit -%}
            {{ headwater._raise_argument(
                "quote_identifier", "name",
                "at most " ~ limit ~ " bytes, which is all that " ~ adapter.type() ~ " keeps of a name",
                length ~ " bytes: '" ~ name ~ "'"
            ) }}
        {%- endif -%}
    {%- endif -%}
    {{- adapter.dispatch("quoted_name", "headwater")(name) -}}
{% endmacro %}
