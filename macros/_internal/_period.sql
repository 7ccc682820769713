{#- The start of the partition that a row belongs to, as an expression. -#}
{% macro _period(by, column) %}
    {%- if by.method == "list" -%} {{ return(column) }}
    {%- elif by.width -%}
        {{ return("floor(" ~ column ~ " / cast(" ~ by.width ~ " as numeric)) * " ~ by.width) }}
        {%- elif "time zone" in by.type | lower and "without" not in by.type | lower -%}
        {{ return(
            "(date_trunc('" ~ by.granularity ~ "', " ~ column ~ " at time zone 'UTC')"
            ~ " at time zone 'UTC')"
        ) }}
    {%- endif -%}
    {{ return(dbt.date_trunc(by.granularity, column)) }}
{% endmacro %}
