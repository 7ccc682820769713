{% macro generalize_date(expression, to="year") %}
    {%- do headwater._check_expression("generalize_date", "expression", expression) -%}
    {%- do headwater._check_choice(
        "generalize_date", "to", to, ["week", "month", "quarter", "year"]
    ) -%}
    {{- headwater._masked("generalize", headwater.truncated_date(expression, to), {"to": to}) -}}
{% endmacro %}
