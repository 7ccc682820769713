{#-
    The window of event time that the batch replaces: between its first and last row, or what the
    option `window` says. A mapping: `rows` and `nulls` of the batch, `condition` with literals, which
    the planner can weigh, and the `outside` rows of the batch.
-#}
{% macro _window(run, column, type) %}
    {%- set given = {} if run.is_partial else headwater._window_option(run.macro) -%}
    {%- set first, last = "min(" ~ column ~ ")", "max(" ~ column ~ ")" -%}
    {%- set begin, end, sign = first, last, "<=" if not given else "<" -%}
    {%- if given.granularity or given.lookback -%}
        {%- do headwater._check_is_time(run.macro, "event_time", headwater._option("event_time"), type) -%}
    {%- endif -%}
    {%- if given.granularity -%}
        {%- set begin = dbt.date_trunc(given.granularity, first) -%}
        {%- set end = dbt.dateadd(given.granularity, 1, dbt.date_trunc(given.granularity, last)) -%}
    {%- elif given.lookback -%}
        {%- set span = headwater._span(run.macro, "window", given.lookback) -%}
        {%- set newest = "(select max(" ~ column ~ ") from " ~ run.target ~ ")" -%}
        {%- set since = dbt.dateadd(span.unit, -span.count, newest) -%}
        {%- set begin = (
            "case when " ~ first ~ " < " ~ since ~ " then " ~ first ~ " else " ~ since ~ " end"
        ) -%}
        {%- set end = "null" -%}
    {%- elif given -%}
        {%- set begin, end = headwater._moment(given.begin), headwater._moment(given.end) -%}
    {%- endif -%}
    {%- do headwater._check_in_table(run, "event_time", [headwater._option("event_time")]) -%}
    {%- set text = dbt.type_string() -%}
    {%- call statement("headwater_window", fetch_result=true) -%}
        select
            count(*),
            count(*) - count({{ column }}),
            cast(cast({{ begin }} as {{ type }}) as {{ text }}),
            cast(cast({{ end }} as {{ type }}) as {{ text }}),
            case
                when {{ first }} < cast({{ begin }} as {{ type }})
                then cast({{ first }} as {{ text }})
                when not {{ last }} {{ sign }} cast({{ end }} as {{ type }})
                then cast({{ last }} as {{ text }})
            end
        from {{ run.batch }}
    {%- endcall -%}
    {%- set row = load_result("headwater_window").data[0] -%}
    {%- set parts = [] -%}
    {%- for bound, compare in [[row[2], ">="], [row[3], sign]] if bound is not none -%}
        {%- do parts.append(column ~ " " ~ compare ~ " cast('" ~ bound ~ "' as " ~ type ~ ")") -%}
    {%- endfor -%}
    {{ return({
        "rows": row[0] | int, "nulls": row[1] | int, "outside": row[4],
        "condition": parts | join(" and ") or "false", "bounds": given,
    }) }}
{% endmacro %}
