{% macro deduplicated_rows(plan, method="auto") %}
    {{- adapter.dispatch("deduplicated_rows", "headwater")(plan, method) -}}
{% endmacro %}

{# Engines without `qualify`: the place of a row is a column, and the others are named. #}
{% macro default__deduplicated_rows(plan, method) -%}
    {%- if not plan.columns and execute -%}
        {{ headwater._raise_argument(
            plan.macro, "columns",
            "the names of the columns, which " ~ adapter.type() ~ " needs to return them",
            "none", "pass a relation such as ref('orders'), or name the columns"
        ) }}
    {%- endif -%}
    select {{ plan.columns | join(", ") }}
    from
        (
            select headwater_rows.*, {{ headwater._dedup_keeps(plan) }} as headwater_place
            from {{ plan.source }}
        ) as placed
    where headwater_place = 1
{%- endmacro %}

{#
    `distinct on` sorts once and numbers nothing; where a key may keep several rows, they are numbered.
#}
{% macro postgres__deduplicated_rows(plan, method) -%}
    {%- if plan.is_one_per_key and method != "row_number" -%}
        select *
        from
            (
                select distinct
                    on ({{ plan.key | join(", ") }})
                    {{ plan.columns | join(", ") if plan.columns else "headwater_rows.*" }}
                from {{ plan.source }}
                {%- if plan.null_keys == "drop" %} where not ({{ plan.null_key }}) {%- endif %}
                order by {{ (plan.key + plan.whole) | join(", ") }}
            ) as deduplicated
    {%- elif plan.columns -%} {{- headwater.default__deduplicated_rows(plan, method) -}}
    {%- else -%}
        select (headwater_row).*
        from
            (
                select
                    headwater_rows as headwater_row,
                    {{ headwater._dedup_keeps(plan) }} as headwater_place
                from {{ plan.source }}
            ) as placed
        where headwater_place = 1
    {%- endif -%}
{%- endmacro %}

{% macro redshift__deduplicated_rows(plan, method) -%}
    {{- headwater._dedup_qualified(plan) -}}
{%- endmacro %}

{% macro duckdb__deduplicated_rows(plan, method) -%}
    {{- headwater._dedup_qualified(plan) -}}
{%- endmacro %}

{% macro snowflake__deduplicated_rows(plan, method) -%}
    {{- headwater._dedup_qualified(plan) -}}
{%- endmacro %}

{% macro bigquery__deduplicated_rows(plan, method) -%}
    {{- headwater._dedup_qualified(plan) -}}
{%- endmacro %}

{% macro databricks__deduplicated_rows(plan, method) -%}
    {{- headwater._dedup_qualified(plan) -}}
{%- endmacro %}
