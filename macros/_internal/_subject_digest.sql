{#- The digest of who or what a row is about, by which its noise, its shift or its place is chosen. -#}
{% macro _subject_digest(macro, argument, columns, domain, key_version) %}
    {%- do headwater._check_column_list(macro, argument, columns) -%}
    {%- set version = headwater._key_version(macro, key_version) -%}
    {%- set parts = [] -%}
    {%- for name in columns -%}
        {%- set text = headwater._text_of(headwater.quote_identifier(name)) -%}
        {%- set length = headwater._text_of("length(" ~ text ~ ")") -%}
        {%- do parts.append(length ~ " || ':' || " ~ text) -%}
    {%- endfor -%}
    {%- set text = parts | join(" || ") if columns | length > 1
        else headwater._text_of(headwater.quote_identifier(columns[0])) -%}
    {{ return(headwater._keyed_digest(macro, text, domain, version)) }}
{% endmacro %}
