{#- A select of the versions that events come to; `events` is a select in the shape of _scd2_events(). -#}
{% macro _scd2_versions(run, events) %}
    {%- set plan = headwater._scd2_plan(run) -%}
    {%- set keys = plan.key | join(", ") -%}
    {%- set names = run.options.names -%}
    {%- set values = [] -%}
    {%- for name in plan.columns -%}
        {%- do values.append(
            "headwater_type1_" ~ (plan.type1.index(name) + 1) ~ " as " ~ name if name in plan.type1 else name
        ) -%}
    {%- endfor -%}
    {%- if run.options.scd_id -%}
        {%- do values.append(headwater._scd2_id(headwater._scd2_id_texts(run)) ~ " as " ~ headwater.quote_identifier(names.dbt_scd_id)) -%}
    {%- endif -%}
    {%- do values.append("headwater_from as " ~ headwater.quote_identifier(names.dbt_updated_at)) -%}
    {%- do values.append("headwater_from as " ~ headwater.quote_identifier(names.dbt_valid_from)) -%}
    {%- set end = "headwater_next" -%}
    {%- if run.options.open_end is not none -%}
        {%- set typed = {"options": run.options, "time_type": run.time_type or dbt.type_timestamp()} -%}
        {%- set end = "coalesce(headwater_next, " ~ headwater._scd2_open_end(typed) ~ ")" -%}
    {%- endif -%}
    {%- do values.append(end ~ " as " ~ headwater.quote_identifier(names.dbt_valid_to)) -%}
    {%- if run.has_marks -%}
        {%- do values.append(
            "case when headwater_gone = 1 then true else false end as "
            ~ headwater.quote_identifier(names.dbt_is_deleted)
        ) -%}
    {%- endif -%}
    select {{ values | join(", ") }}
    from
        (
            select
                steps.*,
                lag(headwater_from) over (
                    partition by {{ keys }} order by headwater_from desc
                ) as headwater_next
            from
                (
                    select
                        compared.*
                        {%- for column in plan.type1 %}
                            ,
                            first_value({{ column }}) over (
                                partition by {{ keys }}
                                order by headwater_gone, headwater_from desc
                                rows between unbounded preceding and unbounded following
                            ) as headwater_type1_{{ loop.index }}
                        {%- endfor %}
                    from ({{ headwater._scd2_compared(plan, events) }}) as compared
                ) as steps
            where headwater_changed = 1
        ) as versions
    {%- if not run.has_marks %} where headwater_gone = 0 {%- endif %}
{% endmacro %}
