{#-
    A part of a masking key, read once per statement; an error of the engine when there is no such
    version, before any row is written.
-#}
{% macro _key_part(macro, version, part) %}
    {%- set message = "headwater." ~ macro ~ "(): there is no masking key of version " ~ version
        ~ "; make it with headwater.install_masking" -%}
    {{- headwater.key_part(part, headwater._masking_table("masking_keys"), version, message) -}}
{% endmacro %}
