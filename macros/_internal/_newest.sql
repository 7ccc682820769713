{#- SQL for the newest value of a column, less a lookback that its type can be less by. -#}
{% macro _newest(macro, column, type, lookback) %}
    {%- set newest = "max(" ~ headwater.quote_identifier(column) ~ ")" -%}
    {%- if lookback is none -%} {{ return(newest) }} {%- endif -%}
    {%- set name = type | lower -%}
    {%- set is_time = "date" in name or "time" in name -%}
    {%- set is_number = modules.re.match("u?(tiny|small|big|huge)?int|numeric|decimal|number|real|float|double", name) -%}
    {%- set has_no_less = modules.re.match("text|string|n?char|n?varchar|bool|uuid|json|xml|bytea|blob|bytes|enum", name) -%}
    {%- set is_span = lookback is string and lookback | trim -%}
    {%- set is_amount = lookback is number and lookback is not boolean and lookback >= 0 -%}
    {%- set expected = none -%}
    {%- if has_no_less -%} {%- set expected = "none" -%}
    {%- elif is_number and not is_amount -%} {%- set expected = "a number that is not below 0" -%}
    {%- elif is_time and not is_span and not (is_amount and name == "date") -%}
        {%- set expected = "a length of time such as '3 days'" -%}
    {%- elif not is_span and not is_amount -%}
        {%- set expected = "a length of time such as '3 days', or a number" -%}
    {%- endif -%}
    {%- if expected -%}
        {{ headwater._raise_argument(
            macro, "lookback", expected ~ ", since '" ~ column ~ "' is of type " ~ type,
            headwater._describe(lookback)
        ) }}
    {%- elif is_amount -%}
        {%- set less = newest ~ " - " ~ lookback -%}
        {#- DuckDB has numbers that can't be below 0. -#}
        {{ return(
            "case when " ~ newest ~ " >= " ~ lookback ~ " then " ~ less ~ " when " ~ newest ~ " >= 0 then 0 end"
            if name.startswith("u") else less
        ) }}
    {%- endif -%}
    {%- set span = headwater._span(macro, "lookback", lookback) -%}
    {#- Postgres has no intervals of quarters. -#}
    {%- set months = {"unit": "month", "count": span.count * 3} -%}
    {%- set span = months if span.unit == "quarter" else span -%}
    {{ return(dbt.dateadd(span.unit, -span.count, newest)) }}
{% endmacro %}
