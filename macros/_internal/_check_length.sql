{#- Nothing, or an error when a name is longer than what the engine keeps of it. -#}
{% macro _check_length(macro, argument, name) %}
    {%- set limit = headwater.identifier_limit() | int -%}
    {%- set length = headwater._utf8_length(name) | int -%}
    {%- if limit and length > limit -%}
        {{ headwater._raise_argument(
            macro, argument,
            "at most " ~ limit ~ " bytes, which is all that " ~ adapter.type() ~ " keeps of a name",
            length ~ " bytes: '" ~ name ~ "'"
        ) }}
    {%- endif -%}
{% endmacro %}
