{% macro generalize_number(expression, width, lower=none, upper=none, output="number") %}
    {%- do headwater._check_expression("generalize_number", "expression", expression) -%}
    {%- do headwater._check_width("generalize_number", "width", width, 1000000000000000) -%}
    {%- do headwater._check_choice("generalize_number", "output", output, ["number", "label"]) -%}
    {%- for name, bound in [["lower", lower], ["upper", upper]] if bound is not none -%}
        {%- if bound is not number or bound is boolean or not (bound | abs <= 1000000000000000) -%}
            {{ headwater._raise_argument(
                "generalize_number", name, "a number from -1000000000000000 to 1000000000000000",
                headwater._describe(bound)
            ) }}
        {%- endif -%}
    {%- endfor -%}
    {%- if lower is not none and upper is not none and lower >= upper -%}
        {{ headwater._raise_argument(
            "generalize_number", "upper", "a number above lower, which is " ~ lower,
            headwater._describe(upper)
        ) }}
    {%- endif -%}
    {%- set number = headwater.exact_number(expression) -%}
    {%- set cell = headwater._cell(number, width) -%}
    {%- set is_label = output == "label" -%}
    {%- set cases = [] -%}
    {%- if lower is not none -%}
        {%- do cases.append("when " ~ number ~ " < " ~ lower ~ " then "
            ~ ("'<" ~ lower ~ "'" if is_label else lower)) -%}
    {%- endif -%}
    {%- if upper is not none -%}
        {%- do cases.append("when " ~ number ~ " >= " ~ upper ~ " then "
            ~ ("'>=" ~ upper ~ "'" if is_label else upper)) -%}
    {%- endif -%}
    {%- set step = ("%.6f" | format(width)).rstrip("0").rstrip(".") -%}
    {%- set shown = "'[' || " ~ headwater.plain_number(cell) ~ " || ', ' || "
        ~ headwater.plain_number("(" ~ cell ~ " + " ~ step ~ ")") ~ " || ')'" if is_label else cell -%}
    {%- set masked = "case " ~ cases | join(" ") ~ " else " ~ shown ~ " end" if cases else shown -%}
    {{- headwater._masked("generalize", masked) -}}
{% endmacro %}
