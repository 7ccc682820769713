{#- Nothing, or an error when the batch lacks more of the live rows than max_delete_ratio allows. -#}
{% macro _check_delete_ratio(run, live) %}
    {%- set missing = headwater._missing_conditions(run.key, "dbt_internal_dest", run.batch) -%}
    {%- call statement("headwater_ratio", fetch_result=true) -%}
        select
            count(*), coalesce(sum(case when ({{ missing | join(") or (") }}) then 1 else 0 end), 0)
        from {{ run.target }} as dbt_internal_dest
        where {{ live }}
    {%- endcall -%}
    {%- set row = load_result("headwater_ratio").data[0] -%}
    {%- set total, gone = row[0] | int, row[1] | int -%}
    {%- if gone > total * run.options.max_delete_ratio -%}
        {{ headwater._raise_argument(
            run.macro, "max_delete_ratio",
            "a batch that lacks at most " ~ run.options.max_delete_ratio ~ " of the table's rows",
            gone ~ " of " ~ total ~ " rows missing"
        ) }}
    {%- endif -%}
{% endmacro %}
