{% macro mask_text(expression, patterns=["email", "iban", "card", "ssn", "phone", "ip"], more={}) %}
    {%- do headwater._check_expression("mask_text", "expression", expression) -%}
    {%- set known = headwater._text_patterns() -%}
    {%- set wanted = {} -%}
    {%- do headwater._check_choices(
        "mask_text", "patterns", patterns,
        known.keys() | reject("equalto", "phone without a country") | list
    ) -%}
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
        {%- if name is not string or not name | trim or name in known -%}
            {{ headwater._raise_argument(
                "mask_text", "more", "a name of its own for each regular expression",
                headwater._describe(name)
            ) }}
        {%- endif -%}
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
