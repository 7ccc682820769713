{% macro mask_ip(expression, keep_octets=3, keep_groups=3, mask="*") %}
    {%- do headwater._check_expression("mask_ip", "expression", expression) -%}
    {%- do headwater._check_whole("mask_ip", "keep_octets", keep_octets, 0, 3) -%}
    {%- do headwater._check_whole("mask_ip", "keep_groups", keep_groups, 0, 4) -%}
    {%- do headwater._check_mask("mask_ip", mask) -%}
    {%- set text = headwater.regex_replaced(
        "lower(" ~ headwater.trimmed_text(headwater._text_of(expression)) ~ ")", "/[0-9]{1,3}$", ""
    ) -%}
    {%- set octet = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])" -%}
    {%- set v4 = "^" ~ ([octet] * 4) | join("[.]") ~ "$" -%}
    {%- set shown = ["\\1", "\\2", "\\3", "\\4"][:keep_octets] + ["0"] * (4 - keep_octets) -%}
    {#- An IPv4 address at the end is two groups, of which none is ever shown. -#}
    {%- set whole = headwater.regex_replaced(
        text, ":" ~ ([octet] * 4) | join("[.]") ~ "$", ":0:0"
    ) -%}
    {#- Eight groups, or up to seven around one `::`. What is no address could be anything. -#}
    {%- set group = "[0-9a-f]{1,4}" -%}
    {%- set forms = [
        "(" ~ group ~ ":){7}" ~ group, "(" ~ group ~ ":){1,7}:", ":(:" ~ group ~ "){1,7}", "::"
    ] -%}
    {%- for before in range(1, 7) -%}
        {%- do forms.append(
            "(" ~ group ~ ":){" ~ before ~ "}(:" ~ group ~ "){1," ~ (7 - before) ~ "}"
        ) -%}
    {%- endfor -%}
    {%- set v6 = "^(" ~ forms | join("|") ~ ")$" -%}
    {%- set plain = headwater.regex_replaced(whole, "(^|:)0{1,3}([0-9a-f])", "\\1\\2") -%}
    {%- set cases = [] -%}
    {%- for count in range(keep_groups, -1, -1) -%}
        {%- set groups = (["([0-9a-f]{1,4})"] * count) | join(":") -%}
        {%- set backs = ["\\1", "\\2", "\\3", "\\4"][:count] | join(":") -%}
        {%- set begin = "^" ~ groups ~ (":" if count == keep_groups and count else "::") ~ "[0-9a-f:]*$" -%}
        {%- if keep_groups == 0 -%} {%- set begin = "^[0-9a-f:]*$" -%} {%- endif -%}
        {%- do cases.append(
            "when " ~ headwater.regex_found(plain, begin) ~ " then "
            ~ headwater.regex_replaced(plain, begin, backs ~ "::")
        ) -%}
    {%- endfor -%}
    {%- set masked -%}
        case when {{ headwater.regex_found(text, v4) }}
        then {{ headwater.regex_replaced(text, v4, shown | join(".")) }}
        when not ({{ headwater.regex_found(whole, v6) }}) then '{{ mask * 4 }}'
        {{ cases | join(" ") }} else '{{ mask * 4 }}' end
    {%- endset -%}
    {{- headwater._masked("partial", headwater._unless_null(expression, masked)) -}}
{% endmacro %}
