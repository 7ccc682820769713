{#- What the keys of a meta that declare personal data say (`PII` and `contains-pii` are such keys, too). -#}
{% macro _pii_values(meta) %}
    {%- set found = [] -%}
    {%- for key, value in meta.items() if value is not none and headwater._is_pii_key(key) -%}
        {%- do found.append(value) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
