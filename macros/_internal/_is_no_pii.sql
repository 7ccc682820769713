{#- Whether a word says that data is of nobody. -#}
{% macro _is_no_pii(word) %}
    {%- set plain = modules.re.sub("[\\s./-]+", "_", word | string | trim | lower) -%}
    {{ return(plain in ["false", "no", "none", "n", "0", "off", "not_personal", "non_pii", "public"]) }}
{% endmacro %}
