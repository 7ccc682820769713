{% macro quote_identifier(name) %}
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
    {{- headwater.quoted_name(name) -}}
{% endmacro %}
