{% macro mask_json(expression, paths, mode="mask", mask="*") %}
    {%- do headwater._check_expression("mask_json", "expression", expression) -%}
    {%- do headwater._check_choice("mask_json", "mode", mode, ["drop", "mask"]) -%}
    {%- do headwater._check_mask("mask_json", mask) -%}
    {%- if paths is string or paths is mapping or paths is not iterable or not paths -%}
        {{ headwater._raise_argument(
            "mask_json", "paths", "a list of paths, such as ['email', 'orders[*].address.street']",
            headwater._describe(paths)
        ) }}
    {%- endif -%}
    {%- set stars = '"' ~ mask * 3 ~ '"' -%}
    {%- set masked = namespace(sql=headwater.any_json(expression, stars)) -%}
    {%- for path in paths -%}
        {%- set steps = headwater._json_steps(path) -%}
        {%- set masked.sql = headwater.json_masked(masked.sql, steps, mode, stars) -%}
    {%- endfor -%}
    {{- headwater._masked("redact", headwater._unless_null(expression, masked.sql)) -}}
{% endmacro %}
