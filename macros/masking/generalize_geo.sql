{% macro generalize_geo(expression, degrees=0.1) %}
    {%- do headwater._check_expression("generalize_geo", "expression", expression) -%}
    {%- do headwater._check_width("generalize_geo", "degrees", degrees, 90) -%}
    {%- set number = headwater.exact_number(expression) -%}
    {%- set masked = "case when " ~ number ~ " between -180 and 180 then "
        ~ headwater._cell(number, degrees) ~ " end" -%}
    {{- headwater._masked("generalize", masked) -}}
{% endmacro %}
