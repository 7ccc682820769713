{#-
    Refuses or sets aside events without a key or a time, and those of the future; returns how many
    events there are (`rows`), without a key (`null_keys`) and, of results, that make no version (`calm`).
-#}
{% macro _scd2_check_events(run, relation, is_result=false) %}
    {%- set options = run.options -%}
    {%- set empty = headwater.get_quoted_identifiers(run.key) | join(" is null or ") ~ " is null" -%}
    {%- set limit = modules.datetime.datetime.strptime(run.now[:19], "%Y-%m-%d %H:%M:%S")
        + modules.datetime.timedelta(days=1) -%}
    {%- set future = "headwater_from > " ~ headwater._scd2_moment(
        limit.strftime("%Y-%m-%d %H:%M:%S"), run.time_type
    ) -%}
    {%- call statement("headwater_counts", fetch_result=true) -%}
        select
            count(*),
            count(case when {{ empty }} then 1 end),
            count(*) - count(headwater_from),
            count(case when {{ future }} then 1 end),
            {{ "count(case when not (" ~ headwater._scd2_is_version(run) ~ ") then 1 end)" if is_result else "0" }}
        from {{ relation }}
    {%- endcall -%}
    {%- set found = load_result("headwater_counts").data[0] -%}
    {%- set own = options.updated_at -%}
    {%- for rule in [
        {"option": "on_null_key", "count": found[1], "where": empty, "reason": "NULL in the key",
            "expected": "no NULL in " ~ run.key | join(", "), "got": " rows with one"},
        {"option": "on_null_time", "count": found[2], "where": "headwater_from is null",
            "reason": "NULL in " ~ own, "expected": "a time in " ~ own ~ " of every row",
            "got": " rows with NULL"},
        {"option": "on_future_time", "count": found[3], "where": future, "reason": own ~ " in the future",
            "expected": "no time in " ~ own ~ " that is more than a day from now",
            "got": " rows of the future"},
    ] if rule["count"] | int and options[rule.option] not in ["match", "accept"] -%}
        {%- if options[rule.option] == "error" -%}
            {{ headwater._raise_argument(
                "scd2", rule.option,
                rule.expected ~ " (" ~ rule.option ~ ": error)", rule["count"] ~ rule.got
            ) }}
        {%- endif -%}
        {%- do headwater._scd2_set_aside(run, relation, rule["where"], rule.reason) -%}
    {%- endfor -%}
    {{ return({"rows": found[0] | int, "null_keys": found[1] | int, "calm": found[4] | int}) }}
{% endmacro %}
