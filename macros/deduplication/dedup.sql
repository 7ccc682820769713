{% macro dedup(
    relation, key, order_by=[], keep="last", nulls="last",
    tie_breaker=[], null_keys="group", method="auto", columns=none
) %}
    {%- do headwater._check_choice("dedup", "keep", keep, ["last", "first", "all_ties", "error"]) -%}
    {%- do headwater._check_choice("dedup", "method", method, ["auto", "distinct_on", "row_number"]) -%}
    {%- set plan = headwater._dedup_plan("dedup", relation, key, {
        "order_by": order_by, "tie_breaker": tie_breaker, "keep": keep, "nulls": nulls,
        "null_keys": null_keys, "columns": columns,
    }) -%}
    {%- if method == "distinct_on" and not plan.is_one_per_key -%}
        {{ headwater._raise_argument(
            "dedup", "method",
            "'auto' or 'row_number' for keep='" ~ keep ~ "', null_keys='" ~ null_keys ~ "'",
            headwater._describe(method)
        ) }}
    {%- endif -%}
    {{- headwater.deduplicated_rows(plan, method) -}}
{% endmacro %}
