{#-
    What personal data looks like inside of a text, in the part of regular expressions that all engines
    read alike, and in the order in which they are looked for. They rather find too much.
-#}
{% macro _text_patterns() %}
    {%- set octet = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])" -%}
    {{ return({
        "email": "[^[:space:]@,;:<>()\"*]+@[^[:space:]@,;:<>()\"*]+[.][^[:space:]@,;:<>()\".*]+",
        "iban": "[A-Za-z]{2}[0-9]{2}([ -]?[A-Za-z0-9]{4}){2,7}([ -]?[A-Za-z0-9]{1,4})?",
        "phone": "[+][ (]*[1-9]([ ()./-]*[0-9]){6,14}",
        "card": "[0-9]([ -]?[0-9]){12,18}",
        "ssn": "[0-9]{3}[- ][0-9]{2}[- ][0-9]{4}",
        "ip": "(" ~ ([octet] * 4) | join("[.]") ~ "|([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
            ~ "|([0-9A-Fa-f]{1,4}:){1,6}:([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,5})?)",
        "phone without a country": "[(]?[0-9]([ ()./-]*[0-9]){6,16}",
    }) }}
{% endmacro %}
