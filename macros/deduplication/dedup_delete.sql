{% macro dedup_delete(
    relation, key, order_by=[], keep="last", nulls="last", tie_breaker=[], null_keys="group",
    dry_run=true, batch_size=50000
) %}
    {%- do headwater._check_choice("dedup_delete", "keep", keep, ["last", "first"]) -%}
    {%- do headwater._check_choice("dedup_delete", "null_keys", null_keys, ["group", "keep_all"]) -%}
    {%- do headwater._check_flag("dedup_delete", "dry_run", dry_run) -%}
    {%- if batch_size is not integer or batch_size is boolean or batch_size < 1 -%}
        {{ headwater._raise_argument(
            "dedup_delete", "batch_size", "a number of rows, at least 1", headwater._describe(batch_size)
        ) }}
    {%- endif -%}
    {%- set table = headwater._named_table("dedup_delete", "relation", relation) -%}
    {%- set plan = headwater._dedup_plan("dedup_delete", table, key, {
        "order_by": order_by, "tie_breaker": tie_breaker, "keep": keep, "nulls": nulls,
        "null_keys": null_keys, "columns": none,
    }) -%}
    {%- if execute -%}
        {%- do headwater.delete_surplus_rows(table, plan, dry_run, [batch_size, 1000000000] | min) -%}
    {%- endif -%}
{% endmacro %}
