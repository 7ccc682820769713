{#- Nothing, or an error unless these arguments are such that a watermark can be asked for. -#}
{% macro _check_watermark(macro, lookback, relation, where) %}
    {%- if where is not none -%}
        {%- do headwater._check_expression(macro, "where", where) -%}
    {%- endif -%}
    {%- if relation is not none -%}
        {%- do headwater._check_table_or_view(macro, "relation", relation) -%}
    {%- endif -%}
    {%- if lookback is string and lookback.strip("0123456789. ") -%}
        {%- do headwater._span(macro, "lookback", lookback) -%}
    {%- elif lookback is not none and (lookback is not number or lookback is boolean or not lookback >= 0) -%}
        {{ headwater._raise_argument(
            macro, "lookback", "a length of time such as '3 days', or for a column of numbers a number",
            headwater._describe(lookback)
        ) }}
    {%- endif -%}
{% endmacro %}
