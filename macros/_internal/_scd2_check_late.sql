{#- late: stops with an error, or moves the news that are older than what is known of their key away. -#}
{% macro _scd2_check_late(run) %}
    {%- set keys = headwater.get_quoted_identifiers(run.key) -%}
    {%- set matched = [] -%}
    {%- for key in keys -%}
        {%- do matched.append(headwater.same_value(run.e ~ "." ~ key, "stored." ~ key)) -%}
    {%- endfor -%}
    {%- set condition -%}
        headwater_origin = 2 and exists (
            select 1 from (select * from {{ run.e }}) as stored
            where stored.headwater_origin < 2 and {{ matched | join(" and ") }}
                and stored.headwater_from > {{ run.e }}.headwater_from
        )
    {%- endset -%}
    {%- set count = run_query("select count(*) from " ~ run.e ~ " where " ~ condition).rows[0][0] | int -%}
    {%- if count and run.options.late == "reject" -%}
        {{ headwater._raise_argument(
            "scd2", "late", "no row older than what is known of its key (late: reject)",
            count ~ " late rows"
        ) }}
    {%- elif count -%} {%- do headwater._scd2_set_aside(run, run.e, condition, "late") -%}
    {%- endif -%}
{% endmacro %}
