{#- The two halves of a key and the message, as SQL expressions of type bytes. -#}
{% macro _hmac_parts(macro, text, version) %}
    {{ return({
        "inner": headwater._key_part(macro, version, "inner_block"),
        "outer": headwater._key_part(macro, version, "outer_block"),
        "message": headwater.text_bytes(text),
    }) }}
{% endmacro %}
