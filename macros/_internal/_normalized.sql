{#- A text after the steps of `normalize`, which make one of several spellings of a value. -#}
{% macro _normalized(macro, text, normalize) %}
    {%- set steps = [normalize] if normalize is string else normalize -%}
    {%- set known = ["trim", "lower", "upper", "nfc", "digits", "alphanumeric", "email", "phone"] -%}
    {%- do headwater._check_choices(macro, "normalize", steps, known, needed=false) -%}
    {%- set value = namespace(sql=text) -%}
    {%- for step in steps -%}
        {%- for part in {"email": ["nfc", "trim", "lower"]}.get(step, [step]) -%}
            {%- if part == "trim" -%} {%- set value.sql = headwater.trimmed_text(value.sql) -%}
            {%- elif part in ["lower", "upper"] -%}
                {%- set value.sql = part ~ "(" ~ value.sql ~ ")" -%}
            {%- elif part == "nfc" -%} {%- set value.sql = headwater.composed_text(value.sql) -%}
            {%- elif part == "phone" -%}
                {%- set plus = headwater.regex_replaced(value.sql, "^[[:space:](]*(00|[+])", "+") -%}
                {%- set value.sql = headwater.regex_replaced(plus, "[^0-9+]", "") -%}
            {%- else -%}
                {%- set kept = {"digits": "[^0-9]", "alphanumeric": "[^0-9A-Za-z]"}[part] -%}
                {%- set value.sql = headwater.regex_replaced(value.sql, kept, "") -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(value.sql) }}
{% endmacro %}
