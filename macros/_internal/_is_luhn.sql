{#- Whether a text of 19 digits has the check digit of Luhn (ISO/IEC 7812); zeros before change nothing. -#}
{% macro _is_luhn(digits) %}
    {%- set terms = [] -%}
    {%- for place in range(1, 20) -%}
        {%- set digit = "cast(substr(" ~ digits ~ ", " ~ place ~ ", 1) as integer)" -%}
        {%- if place is odd -%} {%- do terms.append(digit) -%}
        {#- Twice the digit, and where that has two digits their sum. -#}
        {%- else -%}
            {%- do terms.append("(2 * " ~ digit ~ " - case when " ~ digit ~ " > 4 then 9 else 0 end)") -%}
        {%- endif -%}
    {%- endfor -%}
    {{- "mod(" ~ terms | join(" + ") ~ ", 10) = 0" -}}
{% endmacro %}
