{#-
    What may be personal data in a text; `§` is the edge of a word, the rest is the part of regular
    expressions that all engines read alike. Some are proven by a checksum afterwards. What our masks
    leave is none of it: an address that ends in .0 or :: is a network.
-#}
{% macro _pii_candidates() %}
    {%- set octet = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])" -%}
    {%- set last = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]?)" -%}
    {%- set hex = "[0-9A-Fa-f]{1,4}" -%}
    {%- set name = "[^[:space:]@,;:<>()\"*]" -%}
    {{ return({
        "email": name ~ "+@" ~ name ~ "+[.][^[:space:]@,;:<>()\".*]{2,}",
        "card": "§([2-6][0-9]{13,18}|[2-6][0-9]{3}([ -][0-9]{4}){3}|3[0-9]{3}[ -][0-9]{6}[ -][0-9]{4,5})§",
        "iban": "§[A-Za-z]{2}[0-9]{2}([A-Za-z0-9]{11,30}|([ -][A-Z0-9]{4}){2,7}([ -][A-Z0-9]{1,3})?)§",
        "phone": "([+][1-9]([ ()./-]*[0-9]){6,13}|([(][2-9][0-9]{2}[)] ?|§[2-9][0-9]{2}[ .-])[0-9]{3}[ .-][0-9]{4})§",
        "ip": "§(" ~ ([octet] * 3) | join("[.]") ~ "[.]" ~ last ~ "|(" ~ hex ~ ":){7}" ~ hex
            ~ "|(" ~ hex ~ ":){1,6}(:" ~ hex ~ "){1,6})§",
        "ssn": "§[0-8][0-9]{2}[- ][0-9]{2}[- ][0-9]{4}§",
    }) }}
{% endmacro %}
