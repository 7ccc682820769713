{#-
    An IBAN of letters and digits in upper case as the number that its check digits are about (ISO 13616):
    `digits` of it, and the `remainder` by 97 of a column of that name, '1' when they are right. In pieces
    of seven digits, since the whole is longer than any integer.
-#}
{% macro _iban_number(iban) %}
    {%- set digits = namespace(sql="substr(" ~ iban ~ ", 5) || substr(" ~ iban ~ ", 1, 4)") -%}
    {%- for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" -%}
        {%- set digits.sql = "replace(" ~ digits.sql ~ ", '" ~ letter ~ "', '" ~ (loop.index + 9) ~ "')" -%}
    {%- endfor -%}
    {%- set rest = namespace(sql="''") -%}
    {%- for piece in range(10) -%}
        {%- set part = rest.sql ~ " || substr(digits, " ~ (piece * 7 + 1) ~ ", 7)" -%}
        {%- set rest.sql = headwater._text_of("mod(cast(" ~ part ~ " as bigint), 97)") -%}
    {%- endfor -%}
    {{ return({"digits": digits.sql, "remainder": rest.sql}) }}
{% endmacro %}
