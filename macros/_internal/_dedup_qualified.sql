{#- A deduplication on an engine that filters by window functions. BigQuery wants the `where`. -#}
{% macro _dedup_qualified(plan) -%}
    select {{ plan.columns | join(", ") if plan.columns else "headwater_rows.*" }}
    from {{ plan.source }}
    where {{ "not (" ~ plan.null_key ~ ")" if plan.null_keys == "drop" else "true" }}
    qualify {{ headwater._dedup_keeps(plan) }} = 1
{%- endmacro %}
