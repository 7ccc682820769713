{#- Refuses a query whose rows can't be told apart, or that stand in the future. -#}
{% macro _check_snapshot_rows(reading) %}
    {%- set options = reading.options -%}
    {%- set empty = reading.parts | join(" is null or ") ~ " is null" -%}
    {%- set tomorrow = dbt.dateadd("day", 1, reading.now) -%}
    {%- call statement("headwater_rows", fetch_result=true) -%}
        select
            coalesce(sum(row_count), 0),
            coalesce(sum(case when row_count > 1 then 1 else 0 end), 0),
            coalesce(sum(null_count), 0),
            coalesce(sum(future_count), 0)
        from
            (
                select
                    count(*) as row_count,
                    sum(case when {{ empty }} then 1 else 0 end) as null_count,
                    sum(
                        case when {{ reading.moment }} > {{ tomorrow }} then 1 else 0 end
                    ) as future_count
                from {{ reading.batch }}
                group by {{ reading.key }}
            ) as keys
    {%- endcall -%}
    {%- set found = load_result("headwater_rows").data[0] -%}
    {%- set key = reading.key_names | join(", ") -%}
    {%- for rule in [
        {"option": "on_null_key", "count": found[2], "expected": "no NULL in " ~ key ~ " (on_null_key: error)",
            "got": " rows with one", "hint": none},
        {"option": "on_duplicate_key", "count": found[1], "expected": "one row per " ~ key,
            "got": " keys with several rows", "hint": "keep one of them in the query with headwater.dedup(); "
            ~ "for several changes of a key use materialized: scd2"},
        {"option": "on_future_time", "count": found[3], "expected": "no " ~ config.get("updated_at", "time")
            ~ " that is more than a day from now", "got": " rows of the future", "hint": none},
    ] if rule["count"] | int and options[rule.option] == "error" -%}
        {{ headwater._raise_argument(
            reading.macro, rule.option, rule.expected, rule["count"] ~ rule.got, rule.hint
        ) }}
    {%- endfor -%}
    {%- do reading.update({"rows": found[0] | int}) -%}
{% endmacro %}
