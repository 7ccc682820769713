{% macro dedup_report(relation, key, order_by=[], nulls="last") %}
    {%- set plan = headwater._dedup_plan("dedup_report", relation, key, {
        "order_by": order_by, "tie_breaker": [], "keep": "last", "nulls": nulls,
        "null_keys": "group", "columns": none,
    }) -%}
    with
        headwater_placed as (
            select
                case when {{ plan.null_key }} then 1 else 0 end as is_null_key,
                row_number() over (
                    partition by {{ plan.key | join(", ") }}
                    order by {{ (plan.order or ["1"]) | join(", ") }}
                ) as place,
                count(*) over (partition by {{ plan.key | join(", ") }}) as key_row_count,
                count(*) over (
                    partition by {{ (plan.key + plan.peers) | join(", ") }}
                ) as tied_count
            from {{ plan.source }}
        ),

        counted as (
            select
                count(*) as row_count,
                coalesce(sum(case when place = 1 then 1 else 0 end), 0) as key_count,
                coalesce(
                    sum(case when place = 1 and key_row_count > 1 then 1 else 0 end), 0
                ) as repeated_key_count,
                coalesce(sum(case when place > 1 then 1 else 0 end), 0) as surplus_row_count,
                coalesce(max(key_row_count), 0) as largest_key_row_count,
                coalesce(
                    sum(case when place = 1 and tied_count > 1 then 1 else 0 end), 0
                ) as tied_key_count,
                coalesce(sum(is_null_key), 0) as null_key_row_count
            from headwater_placed
        )

    select
        row_count,
        cast(key_count as {{ dbt.type_bigint() }}) as key_count,
        cast(repeated_key_count as {{ dbt.type_bigint() }}) as repeated_key_count,
        cast(surplus_row_count as {{ dbt.type_bigint() }}) as surplus_row_count,
        largest_key_row_count,
        cast(tied_key_count as {{ dbt.type_bigint() }}) as tied_key_count,
        cast(null_key_row_count as {{ dbt.type_bigint() }}) as null_key_row_count,
        case
            when row_count > 0 then cast(surplus_row_count as {{ dbt.type_float() }}) / row_count
        end as duplicate_ratio
    from counted
{% endmacro %}
