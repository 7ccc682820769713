{#- How many rows were staged, how many beyond the first of their key, how many with a NULL in it. -#}
{% macro _batch_counts(run) %}
    {%- set columns = headwater.get_quoted_identifiers(run.key) if run.key else [] -%}
    {%- set count -%}
        {%- if run.key -%}
            {%- set analyze = headwater.analyze_statement(run.batch, run.key) -%}
            {{ analyze ~ ";\n" if analyze and not run.looks_up -}}
            select
                coalesce(sum(row_count), 0) as row_count,
                coalesce(sum(row_count - 1), 0) as surplus_count,
                coalesce(sum(
                    case when {{ columns | join(" is null or ") }} is null then row_count end
                ), 0) as null_key_count
            from (
                select {{ columns | join(", ") }}, count(*) as row_count
                from {{ run.batch }}
                group by {{ columns | join(", ") }}
            ) as keys
        {%- else -%} select count(*), 0, 0 from {{ run.batch }}
        {%- endif -%}
    {%- endset -%}
    {%- call statement("headwater_counts", fetch_result=true) -%} {{ count }} {%- endcall -%}
    {%- set row = load_result("headwater_counts").data[0] -%}
    {{ return({"rows": row[0] | int, "surplus": row[1] | int, "null_keys": row[2] | int}) }}
{% endmacro %}
