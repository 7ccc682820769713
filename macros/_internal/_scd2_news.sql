{#-
    A select of the events that say something that the history doesn't. With a time of their own those
    that it has not seen; without one, rows that differ from the version that stands.
-#}
{% macro _scd2_news(run, rows) %}
    {%- set options = run.options -%}
    {%- set match = headwater.key_conditions(run.key, "known", "fresh", has_nulls=false)[0] -%}
    {%- set marked = "known." ~ headwater.quote_identifier(options.names.dbt_is_deleted) -%}
    {%- set live = "not " ~ marked if run.has_marks else "true" -%}
    {#- What is known without a new column is news with it, unless it would be called late. -#}
    {%- set unseen = run.unseen if options.is_clocked or options.late != "rebuild" else [] -%}
    {%- set compared = [] -%}
    {%- for column in run.columns if column not in unseen -%}
        {%- set is_type1 = column.name in options.type1_cols -%}
        {%- if is_type1 or column in run.check or not options.is_clocked -%}
            {%- if not is_type1 or options.late == "rebuild" -%}
                {%- do compared.append(column) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set pairs = [] -%}
    {%- for column in compared -%}
        {%- set name = headwater.quote_identifier(column.name) -%}
        {%- do pairs.append([
            headwater.compared_value("known." ~ name, column),
            headwater.compared_value("fresh." ~ name, column), column.is_exact and not column.is_cast,
        ]) -%}
    {%- endfor -%}
    {%- set same = "not " ~ headwater.values_differ(pairs) if pairs else "true" -%}
    {%- set begin = "known." ~ headwater.quote_identifier(options.names.dbt_valid_from) -%}
    select fresh.*
    from ({{ headwater._scd2_events(run, rows) }}) as fresh
    where
        not exists (
            select 1
            from {{ run.target }} as known
            where
                {{ match }}
                {%- if options.is_clocked %}
                    and {{ headwater._scd2_stands(run, "known") }}
                    and {{ live }}
                    and headwater_gone = 0
                {%- elif run.has_marks %}
                    and {{ begin }} = headwater_from
                    and headwater_gone = case when {{ marked }} then 1 else 0 end
                {%- else %} and {{ begin }} = headwater_from and headwater_gone = 0
                {%- endif %} and {{ same }}
        )
        {%- if run.kept %}
            and not exists (
                select 1
                from {{ run.kept }} as known
                where
                    {{ match }}
                    and known.headwater_from = fresh.headwater_from
                    and known.headwater_gone = fresh.headwater_gone
                    and {{ same }}
            )
        {%- endif %}
{% endmacro %}
