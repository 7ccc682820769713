{#-
    A select of what the events come to: beside the columns of _scd2_compared, headwater_next, when the
    next version or deletion begins, and headwater_type1_<n>, the newest value of each type-1 column.
-#}
{% macro _scd2_results(plan, events, more=[]) %}
    {%- set keys = plan.key | join(", ") -%}
    select
        compared.*,
        {{ "0 as headwater_gone," if not plan.has_gone }}
        min(case when headwater_changed = 1 then headwater_from end) over (
            partition by {{ keys }}
            order by headwater_from desc
            rows between unbounded preceding and 1 preceding
        ) as headwater_next
        {%- for column in plan.type1 %}
            ,
            first_value({{ column }}) over (
                partition by {{ keys }}
                order by {{ "headwater_gone," if plan.has_gone }} headwater_from desc
                rows between unbounded preceding and unbounded following
            ) as headwater_type1_{{ loop.index }}
        {%- endfor %}
    from ({{ headwater._scd2_compared(plan, events, more) }}) as compared
{% endmacro %}
