{#- The version of the masking key to use: the argument, else the variable masking_key_version. -#}
{% macro _key_version(macro, given, argument="key_version") %}
    {%- set version = var("masking_key_version", 1) if given is none else given -%}
    {%- if version is string and version.isdigit() -%}
        {%- set version = version | int -%}
    {%- endif -%}
    {%- do headwater._check_whole(macro, argument, version, 1, 32767) -%}
    {{ return(version) }}
{% endmacro %}
