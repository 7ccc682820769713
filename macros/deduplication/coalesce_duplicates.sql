{% macro coalesce_duplicates(
    relation, key, order_by=[], nulls="last", tie_breaker=[], null_keys="group", columns=none
) %}
    {%- set plan = headwater._dedup_plan("coalesce_duplicates", relation, key, {
        "order_by": order_by, "tie_breaker": tie_breaker, "keep": "last", "nulls": nulls,
        "null_keys": null_keys, "columns": columns,
    }) -%}
    {%- if not plan.columns and execute -%}
        {{ headwater._raise_argument(
            "coalesce_duplicates", "columns", "the names of the columns, each of which is merged", "none",
            "pass a relation such as ref('customers'), or name the columns"
        ) }}
    {%- endif -%}
    {%- set own_group = "case when " ~ plan.null_key ~ " then headwater_place end" -%}
    with
        headwater_ranked as (
            select
                headwater_rows.*,
                row_number() over (
                    {%- if plan.null_keys != "keep_all" %}
                        partition by {{ plan.key | join(", ") }}
                    {%- endif %}
                    order by {{ plan.whole | join(", ") }}
                ) as headwater_place
            from {{ plan.source }}
            {%- if plan.null_keys == "drop" %} where not ({{ plan.null_key }}) {%- endif %}
        )

    select
        {%- for name in columns or plan.known | map(attribute="name") | list %}
            {{ headwater.first_present_value(
            headwater.column_reference(name, "headwater_rows"),
            headwater._known_column(name, plan.known),
            "headwater_rows.headwater_place"
        ) }} as {{ headwater.quote_identifier(name) }}{{ "," if not loop.last }}
        {%- endfor %}
    from headwater_ranked as headwater_rows
    group by
        {{ plan.key | join(", ") }}
        {%- if plan.null_keys == "keep_all" %}, {{ own_group }} {%- endif %}
{% endmacro %}
