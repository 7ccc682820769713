{#-
    A select in which a version that begins where the one before ends, with the same values in
    `compared`, is one with it.
-#}
{% macro _scd2_collapsed(history, key, names, compared) %}
    {%- set keys = headwater.get_quoted_identifiers(key) | join(", ") -%}
    {%- set begin = headwater.quote_identifier(history.names.dbt_valid_from) -%}
    {%- set end = headwater.quote_identifier(history.names.dbt_valid_to) -%}
    {%- set kept = headwater.get_quoted_identifiers(key + names) -%}
    {%- if history.has_marks -%}
        {%- do kept.append(headwater.quote_identifier(history.names.dbt_is_deleted)) -%}
    {%- endif -%}
    {%- set window = "over (partition by " ~ keys ~ " order by " ~ begin ~ ")" -%}
    {%- set columns = [] -%}
    {%- for name in compared + ([history.names.dbt_is_deleted] if history.has_marks else []) -%}
        {%- do columns.append(headwater._known_column(name, history.known) or {"name": name}) -%}
    {%- endfor -%}
    select
        {{ kept | join(", ") }},
        {{ begin }},
        case when headwater_next is null then headwater_last_end else headwater_end end as {{ end }}
    from
        (
            select
                begun.*,
                lead(headwater_before) {{ window }} as headwater_end,
                lead({{ begin }}) {{ window }} as headwater_next
            from
                (
                    select
                        compared.*,
                        first_value({{ end }}) over (
                            partition by {{ keys }}
                            order by {{ begin }} desc
                            rows between unbounded preceding and unbounded following
                        ) as headwater_last_end
                    from
                        (
                            select
                                headwater_rows.*,
                                lag({{ end }}) {{ window }} as headwater_before,
                                case
                                    when lag({{ begin }}) {{ window }} is null
                                    then 1
                                    when
                                        lag({{ end }}) {{ window }} is null
                                        or lag({{ end }}) {{ window }} <> {{ begin }}
                                    then 1
                                    {%- if columns %}
                                        when
                                            {{ headwater.changed_from_neighbour(columns, "lag", window) }}
                                        then 1
                                    {%- endif %}
                                    else 0
                                end as headwater_begins
                            from {{ history.source }}
                        ) as compared
                ) as begun
            where headwater_begins = 1
        ) as collapsed
{% endmacro %}
