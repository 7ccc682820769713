{#- A select of how many values of each column hold each kind of personal data; never of a value. -#}
{% macro _raw_pii_select(model, columns, patterns) %}
    {%- set texts, found = [], [] -%}
    {%- for name in columns -%}
        {%- set column = headwater.quote_identifier(name) -%}
        {%- do texts.append(
            "select " ~ headwater._literal(name) ~ " as column_name, " ~ headwater._text_of(column)
            ~ " as value from " ~ model ~ " where " ~ column ~ " is not null"
        ) -%}
    {%- endfor -%}
    {%- for pattern in patterns -%}
        {%- set written = headwater._pii_candidates()[pattern] -%}
        {%- set candidates = headwater.text_matches("texts", "value", written) -%}
        {%- do found.append(
            "select column_name, '" ~ pattern ~ "' as pattern from ("
            ~ headwater._proven_pii(pattern, candidates) ~ ") as proven"
        ) -%}
    {%- endfor -%}
    with
        texts as ({{ texts | join("\nunion all\n") }}),

        found as ({{ found | join("\nunion all\n") }}),

        counted as (
            select column_name, pattern, count(*) as raw_value_count
            from found
            group by column_name, pattern
        )

    select *
    from counted
{% endmacro %}
