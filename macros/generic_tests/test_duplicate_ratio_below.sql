{% test duplicate_ratio_below(model, key, ratio, null_keys="group") %}
    {%- set expected = "a number above 0 and up to 1: 0.01 lets less than one row in a hundred repeat" -%}
    {%- if ratio is not number or ratio is boolean or not 0 < ratio <= 1 -%}
        {{ headwater._raise_argument(
            "duplicate_ratio_below", "ratio", expected, headwater._describe(ratio)
        ) }}
    {%- endif -%}
    {%- set plan = headwater._dedup_plan("duplicate_ratio_below", model, key, {
        "order_by": [], "tie_breaker": [], "keep": "all_ties", "nulls": "last",
        "null_keys": null_keys, "columns": none,
    }) -%}
    with
        repeated as (
            select
                count(*) as key_row_count,
                case when {{ plan.null_key }} then 1 else 0 end as is_null_key
            from {{ plan.source }}
            {%- if plan.null_keys == "drop" %} where not ({{ plan.null_key }}) {%- endif %}
            group by {{ plan.key | join(", ") }}, case when {{ plan.null_key }} then 1 else 0 end
        ),

        counted as (
            select
                sum(key_row_count) as row_count,
                sum(
                    {%- if plan.null_keys == "keep_all" %}
                        case when is_null_key = 1 then 0 else key_row_count - 1 end
                    {%- else %}key_row_count - 1
                    {%- endif %}
                ) as surplus_row_count
            from repeated
        )

    select row_count, surplus_row_count, {{ ratio }} as allowed_ratio
    from counted
    where surplus_row_count >= row_count * {{ ratio }}
{% endtest %}
