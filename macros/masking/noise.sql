{% macro noise(expression, scale, per, distribution="laplace", domain="noise", key_version=none) %}
    {%- do headwater._check_expression("noise", "expression", expression) -%}
    {%- do headwater._check_positive("noise", "scale", scale) -%}
    {%- do headwater._check_choice("noise", "distribution", distribution, ["laplace", "uniform"]) -%}
    {%- set digest = headwater._subject_digest("noise", "per", per, domain, key_version) -%}
    {%- set double = dbt.type_float() -%}
    {#- Between 0 and 1, and neither: 2^52 places. -#}
    {%- set place = "((" ~ headwater.digest_number(digest) ~ " + 0.5) / 4503599627370496.0)" -%}
    {%- set centred = "(cast(" ~ place ~ " as " ~ double ~ ") - 0.5)" -%}
    {%- if distribution == "laplace" -%}
        {%- set moved = "-" ~ scale ~ " * sign(" ~ centred ~ ") * ln(1 - 2 * abs(" ~ centred ~ "))" -%}
    {%- else -%} {%- set moved = (2 * scale) ~ " * " ~ centred -%}
    {%- endif -%}
    {%- set number = "cast(" ~ headwater.exact_number(expression) ~ " as " ~ double ~ ")" -%}
    {{- headwater._masked("noise", number ~ " + (" ~ moved ~ ")", {"scale": scale}) -}}
{% endmacro %}
