{#-
    Conditions that leave out NaN and what is infinite, greater than all that will ever come, or less,
    where a type has them; bare comparisons, so that an index still finds the greatest value.
-#}
{% macro _finite(column, type) %}
    {%- set name = type | lower -%}
    {%- set quoted = headwater.quote_identifier(column) -%}
    {%- set end = none -%}
    {%- if adapter.type() not in ["postgres", "duckdb"] or name.endswith("]") -%}
    {%- elif modules.re.match("date$|timestamp|real$|float|double", name) -%}
        {%- set end = "infinity" -%}
    {%- elif name.startswith("numeric") and adapter.type() == "postgres" -%} {%- set end = "NaN" -%}
    {%- endif -%}
    {%- set conditions = [quoted ~ " < cast('" ~ end ~ "' as " ~ type ~ ")"] if end else [] -%}
    {#- From infinity DuckDB takes no month. -#}
    {%- if end == "infinity" -%}
        {%- do conditions.append(quoted ~ " > cast('-infinity' as " ~ type ~ ")") -%}
    {%- endif -%}
    {#- Before 14 Postgres has no infinite numeric to compare with. -#}
    {%- if name == "numeric" and end -%}
        {%- do conditions.append("cast(" ~ quoted ~ " as text) <> 'Infinity'") -%}
    {%- endif -%}
    {{ return(conditions) }}
{% endmacro %}
