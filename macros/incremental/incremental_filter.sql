{% macro incremental_filter(
    column, lookback=none, by=[], source_column=none, nulls="keep", relation=none, where=none
) %}
    {%- do headwater._check_name("incremental_filter", "column", column) -%}
    {%- if by -%}
        {%- do headwater._check_column_list("incremental_filter", "by", by) -%}
    {%- endif -%}
    {%- do headwater._check_choice("incremental_filter", "nulls", nulls, ["drop", "keep"]) -%}
    {%- set rows = [] -%}
    {%- if execute and headwater.is_incremental() -%}
        {%- set rows = headwater._watermarks(
            "incremental_filter", column, lookback, relation or this, by, where
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
    {%- if not rows -%} true
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
