{#- The class of personal data that a word means, 'none' for data of nobody; an error for any other word. -#}
{% macro _pii_class(where, word) %}
    {%- if word is boolean -%} {{ return("personal" if word else "none") }} {%- endif -%}
    {%- set known = headwater._pii_classes() -%}
    {%- set plain = modules.re.sub("[\\s./-]+", "_", word | string | trim | lower) -%}
    {%- if headwater._is_no_pii(word) -%} {{ return("none") }} {%- endif -%}
    {%- if plain in ["y", "1", "on"] -%} {{ return("personal") }} {%- endif -%}
    {%- for name, words in known.items() if plain == name or plain in words -%}
        {{ return(name) }}
    {%- endfor -%}
    {%- if plain in var("pii_classes", []) -%} {{ return(plain) }} {%- endif -%}
    {{ headwater._raise_argument(
        "masked_view", where, "a class of personal data: " ~ known.keys() | sort | join(", ")
        ~ ", or one of the variable pii_classes",
        headwater._describe(word), headwater._suggestion(plain, known.keys() | list)
    ) }}
{% endmacro %}
