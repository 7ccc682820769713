{% macro date_shift(expression, subject, max_days=180, type="date", domain="date_shift", key_version=none) %}
    {%- do headwater._check_expression("date_shift", "expression", expression) -%}
    {%- do headwater._check_whole("date_shift", "max_days", max_days, 1, 36500) -%}
    {%- do headwater._check_choice("date_shift", "type", type, ["date", "timestamp"]) -%}
    {%- set digest = headwater._subject_digest("date_shift", "subject", subject, domain, key_version) -%}
    {#- From -max_days to max_days, and never 0. -#}
    {%- set place = "mod(" ~ headwater.digest_number(digest) ~ ", " ~ (2 * max_days) ~ ")" -%}
    {%- set days = "(" ~ place ~ " - " ~ max_days ~ " + case when " ~ place ~ " >= " ~ max_days
        ~ " then 1 else 0 end)" -%}
    {{- headwater._masked("shift", headwater.shifted_date(expression, days, type)) -}}
{% endmacro %}
