{#- Takes events with a NULL in the key, which `=` never finds, away from the news where they are known. -#}
{% macro _scd2_drop_known(run) %}
    {%- set matches = headwater.key_conditions(run.key, "known", "fresh") -%}
    {%- if matches | length > 1 and not run.options.is_clocked -%}
        {%- set begin = "known." ~ headwater.quote_identifier(run.options.names.dbt_valid_from) -%}
        {%- set mark = "0" -%}
        {%- if run.has_marks -%}
            {%- set mark = "case when known."
                ~ headwater.quote_identifier(run.options.names.dbt_is_deleted) ~ " then 1 else 0 end" -%}
        {%- endif -%}
        {%- set pairs = [] -%}
        {%- for column in run.columns if (column not in run.unseen or run.options.late == "rebuild") and (
            run.options.late == "rebuild" or column.name not in run.options.type1_cols
        ) -%}
            {%- set name = headwater.quote_identifier(column.name) -%}
            {%- do pairs.append(["known." ~ name, "fresh." ~ name]) -%}
        {%- endfor -%}
        {%- call statement("headwater_known") -%}
            {%- for relation, from, gone in [
                [run.target, begin, mark], [run.kept, "known.headwater_from", "known.headwater_gone"]
            ] %}
                delete from {{ run.n }} as fresh
                using {{ relation }} as known
                where
                    {{ matches[1] }}
                    and {{ from }} = fresh.headwater_from
                    and {{ gone }} = fresh.headwater_gone
                    and not {{ headwater.values_differ(pairs) }}
                ;
            {%- endfor %}
        {%- endcall -%}
    {%- endif -%}
{% endmacro %}
