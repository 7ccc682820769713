{% macro mask_text(expression, patterns=["email", "iban", "card", "ssn", "phone", "ip"], more={}) %}
    {%- do headwater._check_expression("mask_text", "expression", expression) -%}
    {%- do headwater._check_column_list("mask_text", "patterns", patterns) -%}
    {%- set known = headwater._text_patterns() -%}
    {%- set wanted = {} -%}
    {%- for name in patterns -%}
        {%- do headwater._check_choice(
            "mask_text", "patterns", name, known.keys() | reject("equalto", "phone without a country") | list
        ) -%}
    {%- endfor -%}
    {#- The longer form first: the digits of an IBAN would be a card, those of a card a telephone. -#}
    {%- for name in known if name.split(" ")[0] in patterns -%}
        {%- do wanted.update({name: known[name]}) -%}
    {%- endfor -%}
    {%- if more is not mapping -%}
        {{ headwater._raise_argument(
            "mask_text", "more", "a mapping of names to regular expressions", headwater._describe(more)
        ) }}
    {%- endif -%}
    {%- for name, pattern in more.items() -%}
        {%- if pattern is not string or not pattern | trim or modules.re.search("['\\\\]", pattern) -%}
            {{ headwater._raise_argument(
                "mask_text", "more", "regular expressions without a quote or a backslash",
                headwater._describe(pattern)
            ) }}
        {%- endif -%}
        {%- do headwater._check_choice("mask_text", "more", name in known, [false]) -%}
        {%- do wanted.update({name: pattern}) -%}
    {%- endfor -%}
    {%- set masked = namespace(sql=headwater._text_of(expression)) -%}
    {%- for name, pattern in wanted.items() -%}
        {%- set said = name.split(" ")[0] if name in known else name -%}
        {%- set label = modules.re.sub("[^A-Za-z0-9_ -]", "_", said) -%}
        {%- set masked.sql = headwater.regex_replaced(masked.sql, pattern, "[" ~ label ~ "]") -%}
    {%- endfor -%}
    {{- headwater._masked("redact", headwater._unless_null(expression, masked.sql)) -}}
{% endmacro %}
