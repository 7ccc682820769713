{% macro incremental_filter(
    column, lookback=none, by=[], source_column=none, nulls="keep", relation=none, where=none
) %}
    {%- set macro = "incremental_filter" -%}
    {%- do headwater._check_column(macro, "column", column) -%}
    {%- if source_column is not none -%}
        {%- do headwater._check_column(macro, "source_column", source_column) -%}
    {%- endif -%}
    {%- if by is not none and by != [] -%}
        {%- do headwater._check_column_list(macro, "by", by) -%}
    {%- endif -%}
    {%- do headwater._check_choice(macro, "nulls", nulls, ["drop", "keep"]) -%}
    {%- do headwater._check_watermark(macro, lookback, relation, where) -%}
    {%- set rows, by = [], (by or []) | list -%}
    {%- if execute and headwater.is_incremental() -%}
        {%- set rows = headwater._watermarks(
            macro, column, lookback, this if relation is none else relation, by, where
        ) -%}
    {%- endif -%}
    {%- set value = headwater.quote_identifier(source_column or column) -%}
    {%- set newer = [] -%}
    {%- for row in rows -%}
        {%- set same = [] -%}
        {%- for name in by -%}
            {%- do same.append(
                headwater.same_value(headwater.quote_identifier(name), row[loop.index0])
            ) -%}
        {%- endfor -%}
        {%- do newer.append("when " ~ (same or ["true"]) | join(" and ") ~ " then " ~ row[-1]) -%}
    {%- endfor -%}
    {%- if not rows -%} {{ value ~ " is not null" if nulls == "drop" else "true" }}
    {%- elif by -%}
        (
            coalesce({{ value }} >= case {{ newer | join(" ") }} end, true)
            {%- if nulls == "drop" %} and {{ value }} is not null
            {%- endif -%}
        )
    {%- else -%}
        (
            {{ value }} >= {{ rows[0][0] }}
            {%- if nulls == "keep" %} or {{ value }} is null
            {%- endif -%}
        )
    {%- endif -%}
{% endmacro %}
